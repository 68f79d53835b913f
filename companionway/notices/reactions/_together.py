"""Meetings, groups, the house and company: neutral words to whoever it is for. No notice says which meeting it was.

A row that named a person and a meeting would be a list of who comes. So what is about a meeting is told with nothing
but the hour in which it was told, and the page shows the rest to whoever may see it.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from companionway.clubhouse import queries as clubhouse
from companionway.clubhouse.events import (
    CoverAsked,
    CoverFallsToStaff,
    HolderChosen,
    MissedListed,
    RecordAsked,
    RecordOpened,
    RecordSigned,
    RecordWritten,
)
from companionway.foundation.events import Event, on
from companionway.groups.events import (
    PausedInSpace,
    PauseOver,
    PlaceOffered,
    PlaceWentOn,
    PositionChanged,
    TalkAsked,
)
from companionway.meetings import queries as meetings
from companionway.meetings.events import CoverWanted, MeetingCancelled, MeetingMoved, ReminderDue
from companionway.notices.states import Kind
from companionway.notices.writing import note_down
from companionway.steps.events import CompanyAgreed, CompanyAsked, CompanyOver, OtherTimeOffered


def _tell_of_a_meeting(people: Iterable[int], kind: Kind) -> None:
    now = timezone.now()
    note_down(people, kind=kind, subject="meetings", once_per=now.strftime("%Y-%m-%dT%H"), now=now)


def _tell(event: Event, people: Iterable[int | None], kind: Kind) -> None:
    now = timezone.now()
    wanted = {each for each in people if each is not None}
    once_per = f"{event.name} {now.strftime('%Y-%m-%dT%H')}"
    note_down(wanted, kind=kind, subject=event.subject, once_per=once_per, by=event.actor_id, now=now)


@on(ReminderDue)
def it_is_tomorrow(event: ReminderDue) -> None:
    if event.about_id is not None:
        now = timezone.now()
        note_down(
            [event.about_id], kind=Kind.REMINDER, subject=event.subject, once_per=event.day_key, now=now
        )


@on(MeetingCancelled, MeetingMoved)
def it_is_otherwise(event: MeetingCancelled | MeetingMoved) -> None:
    _tell_of_a_meeting(meetings.whom_to_tell(event.series_id), Kind.REMINDER)


@on(CoverWanted)
def somebody_is_needed(event: CoverWanted) -> None:
    if event.meeting_id is not None:
        _tell_of_a_meeting(meetings.whom_to_ask(event.meeting_id, timezone.now()), Kind.HOLDING)


@on(PlaceOffered, PlaceWentOn, PausedInSpace, PauseOver, TalkAsked, PositionChanged)
def it_is_for_them(event: Event) -> None:
    _tell(event, [event.about_id], Kind.GROUP)


@on(RecordAsked, RecordWritten, RecordSigned, RecordOpened, HolderChosen)
def something_of_theirs(event: Event) -> None:
    _tell(event, [event.about_id], Kind.HOUSE)


@on(MissedListed, CoverAsked, CoverFallsToStaff)
def the_house_asks(event: MissedListed | CoverAsked | CoverFallsToStaff) -> None:
    _tell(event, clubhouse.whom_to_ask(event.subject, timezone.now()), Kind.HOUSE)


@on(CompanyAsked, OtherTimeOffered, CompanyAgreed, CompanyOver)
def between_the_two(event: Event) -> None:
    _tell(event, [event.about_id], Kind.COMPANY)
