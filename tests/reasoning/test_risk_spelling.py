"""What a misspelt word was meant to be: by slips, by sound, and out of words run together."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companionway.reasoning.risk import lexicon, notice
from companionway.reasoning.risk.spelling import distance, slip_cost


def slips(one: str, two: str) -> int:
    """Optimal string alignment as it is defined, without a table: the oracle."""
    if not one or not two:
        return len(one) + len(two)
    ways = [slips(one[1:], two) + 1, slips(one, two[1:]) + 1, slips(one[1:], two[1:]) + (one[0] != two[0])]
    if len(one) > 1 and len(two) > 1 and one[0] == two[1] and one[1] == two[0]:
        ways.append(slips(one[2:], two[2:]) + 1)
    return min(ways)


@settings(max_examples=150, deadline=None)
@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_the_distance_between_words_is_the_one_that_is_defined(one: str, two: str) -> None:
    assert distance(one, two) == min(slips(one, two), 3)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("suisidel", "suicidal"),
        ("ovadose", "overdose"),
        ("parasetamol", "paracetamol"),
        ("kll", "kill"),
        ("strngld", "strangled"),
        ("cuttin", "cutting"),
        ("jmup", "jump"),
    ],
)
def test_a_word_is_heard_as_well_as_read(written: str, meant: str) -> None:
    assert lexicon().speller.guess(written) == (meant,)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("iwanttodie", ("i", "want", "to", "die")),
        ("killmyself", ("kill", "myself")),
        ("iwannakillmyself", ("i", "want", "to", "kill", "myself")),
    ],
)
def test_words_run_together_are_taken_apart(written: str, meant: tuple[str, ...]) -> None:
    assert lexicon().speller.guess(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [("nevr", "never"), ("tmie", "time"), ("bafroom", "bathroom"), ("wofe", "wife")],
)
def test_every_word_of_the_lexicon_is_guessed_across_one_slip(written: str, meant: str) -> None:
    assert lexicon().speller.guess(written) == (meant,)


@pytest.mark.parametrize("word", ["sword", "table", "nobody", "Llandudno", "asap"])
def test_a_good_word_or_a_stranger_is_left_as_it_is(word: str) -> None:
    guess = lexicon().speller.guess(word.lower())
    assert guess in ((word.lower(),), ("no", "one"))


def test_letters_that_changed_places_are_the_likeliest_slip_and_the_first_letter_the_least() -> None:
    costs = [slip_cost(one, "tablet") for one in ("talbet", "tablett", "tabkett", "fablet", "nonsense")]
    assert costs == sorted(costs) and costs[0] < costs[1] < costs[-1]


@pytest.mark.parametrize(
    "text",
    [
        "i.want.to.kill.myself",
        "want. to. kill. myself.",
        "he p*lls my h**r and k*cks me",
        "a friend has swallow ed bleach",
        "I self-harm and hate my.self, I want to di_e",
        "relapsed with a s/h urge again",
    ],
)
def test_dots_stars_and_halves_hide_nothing(text: str) -> None:
    assert notice(text).alarmed


@pytest.mark.parametrize(
    "text",
    [
        "im nt suicdal jst tird",
        "i nvr wnt to hurt any1",
        "my bak is kilin me",
        "the s-word is banned in our house, we say flip",
        "www.nhs.uk has a page on that",
    ],
)
def test_a_slip_in_harmless_words_raises_nothing(text: str) -> None:
    assert not notice(text).alarmed
