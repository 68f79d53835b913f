"""Groups, the house and company: neutral words to whoever it is for. Of meetings see `_meetings`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.utils import timezone

from companionway.association.events import MinutesToSign
from companionway.foundation.events import Event, on
from companionway.groups.events import (
    LeavingOutPut,
    LeftOutOfGroup,
    PausedInSpace,
    PauseOver,
    PlaceOffered,
    PlaceWentOn,
    PositionChanged,
    TalkAsked,
    WelcomeBack,
)
from companionway.jointrecords.events import RecordAsked, RecordOpened, RecordSigned, RecordWritten
from companionway.notices.states import Kind
from companionway.notices.writing import note_down
from companionway.placements import queries as placements
from companionway.placements.events import CoverAsked, CoverFallsToStaff, HolderChosen
from companionway.reachout import queries as reachout
from companionway.reachout.events import MissedListed
from companionway.sponsors.events import Answered, Asked
from companionway.steps.events import CompanyAgreed, CompanyAsked, CompanyOver, OtherTimeOffered

# Told to the one whom the fact is about.
_ABOUT: Final[dict[type[Event], Kind]] = {
    PlaceOffered: Kind.GROUP,
    PlaceWentOn: Kind.GROUP,
    PausedInSpace: Kind.GROUP,
    PauseOver: Kind.GROUP,
    LeavingOutPut: Kind.GROUP,
    LeftOutOfGroup: Kind.GROUP,
    WelcomeBack: Kind.GROUP,
    TalkAsked: Kind.GROUP,
    PositionChanged: Kind.GROUP,
    MinutesToSign: Kind.GROUP,
    Asked: Kind.GROUP,
    Answered: Kind.GROUP,
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


def _tell(event: Event, people: Iterable[int | None], kind: Kind) -> None:
    now = timezone.now()
    wanted = {each for each in people if each is not None}
    once_per = f"{event.name} {now.strftime('%Y-%m-%dT%H')}"
    note_down(wanted, kind=kind, subject=event.subject, once_per=once_per, by=event.actor_id, now=now)


@on(MissedListed)
def they_may_ask_after_somebody(event: MissedListed) -> None:
    _tell(event, reachout.who_may_ask_after(_number(event)), Kind.HOUSE)


@on(CoverAsked)
def a_day_wants_somebody(event: CoverAsked) -> None:
    _tell(event, placements.who_can_go(_number(event), timezone.now().date()), Kind.HOUSE)


@on(CoverFallsToStaff)
def a_day_is_the_teams(event: CoverFallsToStaff) -> None:
    _tell(event, placements.who_can_go(_number(event), timezone.now().date()), Kind.HOUSE)


def _number(event: Event) -> int:
    return int(event.subject.partition(":")[2])


def _to_whom_it_is_about(event: Event) -> None:
    _tell(event, [event.about_id], _ABOUT[type(event)])


for _kind in _ABOUT:
    on(_kind)(_to_whom_it_is_about)
