"""What comes after: other evenings for whom this one is not free, and what was handed on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from companionway.foundation import sealing
from companionway.gatherings import policy
from companionway.gatherings.models import HandOver, Outside
from companionway.meetings.models import Holds, Meeting, Series
from companionway.meetings.states import MeetingState
from companionway.people.models import Person
from companionway.safety import queries as safety

FEW: Final = 3
_NOT_TO_COME: Final = (MeetingState.CLOSED, MeetingState.CANCELLED)


@dataclass(frozen=True, slots=True)
class Paper:
    words: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class FoundOutside:
    """`words` is empty where the tradition keeps no notes."""

    public_id: str
    said_on: date
    words: str


def other_evenings(actor: Person, meeting: Meeting, now: datetime) -> list[Meeting]:
    """The next meetings of the same programme that are free for them."""
    rows = policy.visible_to(actor).filter(ends_at__gt=now).exclude(pk=meeting.pk)
    near = rows.filter(series__programme=meeting.series.programme_id).exclude(state__in=_NOT_TO_COME)
    free = policy.free_for(actor, near, now)
    return list(free.order_by("starts_at", "pk")[:FEW])


def found_outside(series: Series) -> list[FoundOutside]:
    """What was said to be outside and was not brought to the group yet, newest first. Who said it nobody knows."""
    key = sealing.key_of(sealing.SERIES, series.pk)
    return [
        FoundOutside(each.public_id, each.said_on, key.open(each.sealed, each.context) if each.sealed else "")
        for each in Outside.objects.filter(series=series, brought_at=None)
    ]


def is_something_outside(meeting: Meeting) -> bool:
    return Outside.objects.filter(series=meeting.series_id, brought_at=None).exists()


def papers_of(series: Series) -> list[Paper]:
    """What was handed on, newest first."""
    key = sealing.key_of(sealing.SERIES, series.pk)
    rows = HandOver.objects.filter(series=series)[:5]
    return [Paper(key.open(each.sealed, each.context), each.written_at) for each in rows]


def who_held_it_too(person: Person, meeting: Meeting, now: datetime) -> list[str]:
    """The names of the others who open, pause and close it now: nobody from whom this person is kept."""
    kept = safety.people_kept_from(person.pk)
    rows = Holds.objects.now(now).filter(series=meeting.series_id, holds_frame=True, person__erased_at=None)
    return list(
        rows.exclude(person__in=kept)
        .exclude(person=person)
        .order_by("person__name")
        .values_list("person__name", flat=True)
        .distinct()
    )
