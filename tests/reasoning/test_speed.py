"""A page may ask for suggestions while it is being drawn: the work in Python is the same for ten or ten thousand.

How long it takes is measured by bench/matching.py and never here.
"""

from __future__ import annotations

import sys
from types import FrameType

import pytest

from companionway.reasoning.matching import Pool, suggest
from tests.reasoning.populations import population


def calls_of(member: int, pool: Pool) -> int:
    calls = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    suggest(member, pool)
    sys.setprofile(count)
    try:
        suggest(member, pool)
    finally:
        sys.setprofile(None)
    return calls


MOST_CALLS = 1_300
"""To score everybody in columns and word the reasons of five takes up to 950; one call each for 600 would be over."""


@pytest.mark.parametrize("at", range(5))
def test_suggesting_asks_no_supporter_one_by_one(at: int) -> None:
    people = population("trust")
    assert 100 < calls_of(int(people.waiting[at]), people.pool) < MOST_CALLS
