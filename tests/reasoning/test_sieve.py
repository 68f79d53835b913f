"""The sieve never says no where `notice` has something to say."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companionway.reasoning.risk import Noticed, lexicon, may_hold, notice, sieve
from companionway.reasoning.risk.noticing import MOST_CHARACTERS
from companionway.reasoning.risk.report import read_labelled

DATA = Path(__file__).parent / "data"
TEXTS = [phrase.text for path in sorted(DATA.glob("*.csv")) for phrase in read_labelled(path.read_bytes())]
PIECES = sorted({piece for text in TEXTS for piece in text.split()})
SLIPS = st.sampled_from(["", "", "", "x", "*", "1", "'", ".", "…", "😂", "İ", "\u200b", "I", " "])


@st.composite
def sayings(draw: st.DrawFn) -> str:
    """Words of the labelled phrases in any order, some of them broken."""
    said = []
    for piece in draw(st.lists(st.sampled_from(PIECES), max_size=14)):
        cut = draw(st.integers(0, len(piece)))
        said.append(piece[:cut] + draw(SLIPS) + piece[cut:])
    return draw(st.sampled_from([" ", " ", ""])).join(said)


def says_nothing(text: str) -> bool:
    return notice(text) == Noticed()


@pytest.mark.parametrize("text", [pytest.param(TEXTS, id="labelled phrases")])
def test_where_the_sieve_says_no_there_is_nothing_in_any_labelled_phrase(text: list[str]) -> None:
    quiet = [one for one in text if not may_hold(one)]
    assert len(quiet) > len(text) / 10
    assert [one for one in quiet if not says_nothing(one)] == []
    together = [" ".join(pair) for pair in zip(quiet, quiet[1:], strict=False)]
    assert [one for one in together if not may_hold(one) and not says_nothing(one)] == []


@settings(max_examples=400, deadline=None)
@given(st.one_of(sayings(), st.text(max_size=120), st.text("die ki.l'\n!ImyHE", max_size=40)))
def test_where_the_sieve_says_no_there_is_nothing_in_any_text(text: str) -> None:
    assert may_hold(text) or says_nothing(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "see you on Tuesday",
        "ich möchte heute Abend nicht mehr nach Hause gehen",
        "мне сегодня очень плохо и я не знаю что делать",
        "word " * MOST_CHARACTERS,
        "a. " * 400,
        " ".join(f"qx{chr(97 + n % 26)}{chr(97 + n // 26)}v" for n in range(300)),
    ],
)
def test_what_cannot_be_checked_passes_the_sieve(text: str) -> None:
    assert may_hold(text) or says_nothing(text)


def test_the_sieve_remembers_words_of_the_lexicon_only() -> None:
    may_hold("Zebedee Quuxington waved from the bus")
    remembered = sieve._sieve("en").remembered
    assert "bus" in remembered
    assert set(remembered) <= lexicon().speller.real


def test_a_sieve_that_forgets_the_second_words_of_phrases_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def first_words_only(self: sieve._Sieve, plain: set[str]) -> tuple[int, list[int]]:
        alone = [self.words.phrases[word][0] for word in plain if word in self.words.phrases]
        mask = 0
        for bits in alone:
            mask |= bits
        return mask, alone

    monkeypatch.setattr(sieve._Sieve, "bits", first_words_only)
    assert [text for text in TEXTS if not may_hold(text) and not says_nothing(text)]
