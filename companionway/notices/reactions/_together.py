"""Meetings, groups, the house and company: neutral words to whoever it is for. No notice says which meeting it was.

A row that named a person and a meeting would be a list of who comes. So what is about a meeting is told with nothing
but the hour in which it was told, and the page shows the rest to whoever may see it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

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

# Told to the one whom the fact is about.
_ABOUT: Final[dict[type[Event], Kind]] = {
    PlaceOffered: Kind.GROUP,
    PlaceWentOn: Kind.GROUP,
    PausedInSpace: Kind.GROUP,
    PauseOver: Kind.GROUP,
    TalkAsked: Kind.GROUP,
    PositionChanged: Kind.GROUP,
    RecordAsked: Kind.HOUSE,
    RecordWritten: Kind.HOUSE,
    RecordSigned: Kind.HOUSE,
    RecordOpened: Kind.HOUSE,
    HolderChosen: Kind.HOUSE,
    CompanyAsked: Kind.COMPANY,
    OtherTimeOffered: Kind.COMPANY,
    CompanyAgreed: Kind.COMPANY,
    CompanyOver: Kind.COMPANY,
}


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
        note_down([event.about_id], kind=Kind.REMINDER, subject=event.subject, once_per=event.day, now=now)


@on(MeetingCancelled)
def it_is_off(event: MeetingCancelled) -> None:
    _tell_of_a_meeting(meetings.who_is_told(event.series_id, timezone.now()), Kind.REMINDER)


@on(MeetingMoved)
def it_is_another_time(event: MeetingMoved) -> None:
    _tell_of_a_meeting(meetings.who_is_told(event.series_id, timezone.now()), Kind.REMINDER)


@on(CoverWanted)
def somebody_is_needed(event: CoverWanted) -> None:
    if event.meeting_id is not None:
        _tell_of_a_meeting(meetings.who_could_stand_in(event.meeting_id, timezone.now()), Kind.HOLDING)


@on(MissedListed)
def they_may_ask_after_somebody(event: MissedListed) -> None:
    _tell(event, clubhouse.who_may_ask_after(_number(event)), Kind.HOUSE)


@on(CoverAsked)
def a_day_wants_somebody(event: CoverAsked) -> None:
    _tell(event, clubhouse.who_can_go(_number(event), timezone.now().date()), Kind.HOUSE)


@on(CoverFallsToStaff)
def a_day_is_the_teams(event: CoverFallsToStaff) -> None:
    _tell(event, clubhouse.who_can_go(_number(event), timezone.now().date()), Kind.HOUSE)


def _number(event: Event) -> int:
    return int(event.subject.partition(":")[2])


def _to_whom_it_is_about(event: Event) -> None:
    _tell(event, [event.about_id], _ABOUT[type(event)])


for _kind in _ABOUT:
    on(_kind)(_to_whom_it_is_about)
