"""Whoever asked first comes first, whatever happens in between."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from companionway.reasoning.queueing import Waits, in_order, lapsed, place_in, to_offer

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
_moments = st.integers(-500, 500).map(lambda minutes: NOW + timedelta(minutes=minutes))
_rows = st.builds(
    Waits,
    key=st.integers(1, 40),
    asked_at=_moments,
    offered_until=st.none() | _moments,
    may_come=st.booleans(),
)
queues = st.lists(_rows, max_size=12, unique_by=lambda each: each.key)


@given(queues, st.integers(0, 6))
def test_nobody_overtakes(queue: list[Waits], free: int) -> None:
    offered = to_offer(queue, free, NOW)
    could = [each.key for each in in_order(queue) if each.may_come and each.offered_until is None]
    assert offered == could[: len(offered)]


@given(queues, st.integers(0, 6))
def test_never_more_places_than_there_are_and_none_left_over(queue: list[Waits], free: int) -> None:
    standing = sum(1 for each in queue if each.offered_until and each.offered_until > NOW)
    could = sum(1 for each in queue if each.may_come and each.offered_until is None)
    assert len(to_offer(queue, free, NOW)) == min(could, max(0, free - standing))


@given(queues, st.integers(0, 6), st.randoms())
def test_the_order_of_the_rows_changes_nothing(queue: list[Waits], free: int, chance: object) -> None:
    mixed = list(queue)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert to_offer(mixed, free, NOW) == to_offer(queue, free, NOW)
    assert lapsed(mixed, NOW) == lapsed(queue, NOW)


@given(queues, _rows)
def test_somebody_who_asks_later_changes_nobodys_place(queue: list[Waits], late: Waits) -> None:
    last = Waits(99, NOW + timedelta(days=9), late.offered_until, late.may_come)
    for each in queue:
        assert place_in([*queue, last], each.key) == place_in(queue, each.key)
    assert place_in([*queue, last], 99) == len(queue) + 1
    assert place_in(queue, 77) == 0


def test_an_offer_lapses_at_its_moment_and_not_before() -> None:
    row = Waits(1, NOW, NOW)
    assert lapsed([row], NOW) == [1]
    assert lapsed([row], NOW - timedelta(microseconds=1)) == []
