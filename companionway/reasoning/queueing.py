"""Places that free go to those who asked first: nobody overtakes, and how urgent it is for somebody is never asked.

A place that was offered is held for them for some days; then it goes on. Whoever may not be let in just now keeps their
place in the order, and is passed over without losing it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Waits:
    """One in the queue. `key` is its row, and decides between two who asked at the same moment."""

    key: int
    asked_at: datetime
    offered_until: datetime | None = None
    may_come: bool = True


def in_order(queue: Sequence[Waits]) -> list[Waits]:
    """First come, first served."""
    return sorted(queue, key=lambda each: (each.asked_at, each.key))


def lapsed(queue: Sequence[Waits], now: datetime) -> list[int]:
    """Whose offered place goes on to the next: they were asked, and the days have passed."""
    return [each.key for each in in_order(queue) if each.offered_until and each.offered_until <= now]


def to_offer(queue: Sequence[Waits], free_places: int, now: datetime) -> list[int]:
    """Who is offered a place now, in order. `free_places` are those nobody has; an offer that stands holds one.

    Whoever comes out had nobody before them who could come and was not offered a place.
    """
    standing = sum(each.offered_until is not None and each.offered_until > now for each in queue)
    waiting = [each.key for each in in_order(queue) if each.offered_until is None and each.may_come]
    return waiting[: max(0, free_places - standing)]


def place_in(queue: Sequence[Waits], key: int) -> int:
    """1 for who comes next. Who was offered a place still stands before those who were not. 0: not in the queue."""
    keys = [each.key for each in in_order(queue)]
    return keys.index(key) + 1 if key in keys else 0
