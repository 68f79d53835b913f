"""Names that look alike, or like the team."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companionway.people import codes, names, queries
from tests.cast import Cast

ALIKE = ["Мina", "M1na", "Mína", "mina", "Mi na", "M\u200bina", "ＭＩＮＡ", "Mlna", "Mɩna"]
OFFICIAL = [
    "Admin",
    "Adm1n",
    "The Coordinat0r",
    "Support Team",
    "@dmin",
    "Аdmin",
    "Dr. Love",
    "Harbour Street",
    "مشرف",
]
FINE = ["Grace Nursey", "Teamwork", "Rose", "Élodie", "نور", "小林", "Robin 24", "Quiet Heron"]


@pytest.mark.parametrize("name", ALIKE)
def test_a_name_that_looks_like_minas_is_not_free(cast: Cast, name: str) -> None:
    assert not queries.is_name_free(name)
    offered = queries.free_names_like("Mina")
    assert len(offered) == 3 and all(queries.is_name_free(each) for each in offered)


@pytest.mark.parametrize("name", FINE)
def test_ordinary_names_are_free(cast: Cast, name: str) -> None:
    assert queries.is_name_free(name) and not names.sounds_official(name, "Harbour Street")


@pytest.mark.parametrize("name", OFFICIAL)
def test_names_that_sound_like_the_team_are_seen(name: str) -> None:
    assert names.sounds_official(name, "Harbour Street")


@given(st.text(max_size=80))
def test_any_text_can_be_looked_at(name: str) -> None:
    assert len(names.skeleton(name)) <= 80
    assert names.folded(names.folded(name)) == names.folded(name)
    names.sounds_official(name, "Harbour Street")


def test_codes_are_words_that_can_be_typed_back_in_many_ways() -> None:
    assert len(codes.word_list()) == len(set(codes.word_list())) == 512
    code = codes.new_code()
    assert len(code.split()) == 7 and code != codes.new_code()
    assert codes.hash_of(code) == codes.hash_of(f"  {code.title().replace(' ', ' - ')}\n")
