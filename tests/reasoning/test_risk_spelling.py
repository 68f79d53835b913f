"""What a misspelt word was meant to be: by slips, by sound, and out of words run together."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companionway.reasoning.risk import lexicon
from companionway.reasoning.risk.spelling import distance


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
