"""Places at a meeting that has only so many: one's own, and how many are free."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from companionway.meetings.models import Meeting, Place
from companionway.people.models import Person
from companionway.reasoning import queueing

# Somebody who has a place may miss a bus: after so long from the beginning it is free for whoever is there.
KEPT_FOR: Final = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Places:
    """How it stands for one reader. `turn` 0: they do not wait; 1: they are next."""

    is_mine: bool
    turn: int
    held: int
    waiting: int


def places_of(actor: Person, meeting: Meeting) -> Places:
    rows = list(meeting.places.all())
    mine = next((each for each in rows if each.person_id == actor.pk), None)
    queue = [queueing.Waits(each.pk, each.asked_at) for each in rows if not each.is_held]
    turn = queueing.place_in(queue, mine.pk) if mine and not mine.is_held else 0
    return Places(bool(mine and mine.is_held), turn, len(rows) - len(queue), len(queue))


def free_places(meeting: Meeting) -> int:
    """Places that nobody has; only asked where there are only so many."""
    return max(0, (meeting.series.capacity or 0) - meeting.places.filter(is_held=True).count())


def places_kept(meeting: Meeting, but: Collection[int], now: datetime) -> int:
    """How many places are kept for people who are not among these: those at the door, and those inside."""
    if now > meeting.starts_at + KEPT_FOR:
        return 0
    return Place.objects.filter(meeting=meeting, is_held=True).exclude(person__in=but).count()
