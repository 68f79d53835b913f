"""What practice models say is written down with what keeps it and the test that shows it; and nobody asks what they
say is never asked. Each fault is planted once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module

import pytest
from django.apps import apps
from django.forms import BaseForm, CharField, Form

from companionway.people.group_schema import MAY_SAY, NEEDED, NEVER_ASKED
from companionway.people.practice_models import RECORD_KEYS
from scripts.hazards import ROOT, _is_there
from tests.house.files import HOUSE

TABLE = ROOT / "docs" / "practice-models.md"
_ROW = re.compile(r"^\| (`[^|]+`) \|(.+)\|$", re.MULTILINE)
_TEST = re.compile(r"`(?:tests/)?([a-z_]+/test_\w+\.py::test_\w+)`")
# Of an organisation, of a telephone line, of oneself where one asks for a mail: not of a person who comes.
ALLOWED = {
    ("OrganisationForm", "contact"),
    ("OrganisationForm", "country"),
    ("LineForm", "country"),
    ("EmailForm", "address"),
    ("Organisation", "contact"),
    ("Organisation", "country"),
    ("HelpLine", "country"),
    ("DutyCheck", "country"),
    # What two people write together, by its name for whoever asks the model.
    ("Relationship", "notes"),
    ("Thread", "notes"),
}


def rows_of(text: str) -> dict[str, str]:
    """Key -> the rest of its row; a row may name two keys."""
    return {key: rest for keys, rest in _ROW.findall(text) for key in re.findall(r"`(\w+)`", keys)}


def unproved(text: str) -> list[str]:
    """Keys without a row, rows without a test, and tests that do not exist."""
    rows = rows_of(text)
    found = [f"{key}: no row" for key in (*RECORD_KEYS, *NEEDED, *MAY_SAY) if key not in rows]
    found += [f"{key}: no test" for key, rest in rows.items() if not _TEST.search(rest)]
    return found + [f"{test}: does not exist" for test in _TEST.findall(text) if not _exists(test)]


def _exists(test: str) -> bool:
    return _is_there(f"tests/rooms/{test}", ROOT) or _is_there(f"tests/{test}", ROOT)


def test_every_key_has_what_it_means_what_keeps_it_and_a_test() -> None:
    assert unproved(TABLE.read_text()) == []


@pytest.mark.parametrize(
    ("planted", "says"),
    [
        (("| `quiet_seat` |", "| `calm_seat` |"), "quiet_seat: no row"),
        (("test_how_it_went", "test_how_it_felt"), "test_how_it_felt: does not exist"),
        (("`support/test_never.py::test_notes`", "somewhere"), ""),
    ],
)
def test_a_gap_in_the_table_is_seen(planted: tuple[str, str], says: str) -> None:
    found = unproved(TABLE.read_text().replace(*planted))
    assert any(says in each for each in found) if says else found == []


def forms() -> Iterator[type[BaseForm]]:
    """Every form of the house."""
    for file in sorted(HOUSE.glob("*/forms*")):
        for part in [file] if file.suffix == ".py" else sorted(file.glob("*.py")):
            import_module(".".join(part.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
    yield from _below(BaseForm)


def _below(kind: type) -> Iterator[type]:
    for each in kind.__subclasses__():
        yield each
        yield from _below(each)


def asked_in(kinds: Iterator[type[BaseForm]]) -> set[tuple[str, str]]:
    named = {(kind.__name__, name) for kind in kinds for name in getattr(kind, "base_fields", {})}
    return {pair for pair in named if pair[1] in NEVER_ASKED} - ALLOWED


def test_no_form_has_a_field_for_what_is_never_asked() -> None:
    kinds = [kind for kind in forms() if kind.__module__.startswith("companionway.")]
    assert len(kinds) > 60
    assert asked_in(iter(kinds)) == set()


def test_no_table_has_a_column_for_it() -> None:
    kept = {
        (model.__name__, field.name)
        for model in apps.get_models()
        if model.__module__.startswith("companionway.")
        for field in model._meta.get_fields()
        if field.name in NEVER_ASKED
    }
    assert kept <= ALLOWED


def test_a_form_that_asks_is_seen() -> None:
    class Referral(Form):
        diagnosis = CharField()

    assert asked_in(iter([Referral])) == {("Referral", "diagnosis")}
