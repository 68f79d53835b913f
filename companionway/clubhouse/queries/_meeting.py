"""House meetings, opened for whoever belongs: everybody reads the same."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, Q, When

from companionway.clubhouse.models import AgendaItem, HouseAction, HouseDecision, HouseMeeting
from companionway.clubhouse.moving import HOUSE, house_key
from companionway.clubhouse.queries._board import name_for
from companionway.clubhouse.states import HOUSE_MEETING, HouseMeetingState, HowDecided
from companionway.foundation.sealing import PERSON, SealingKey, keys_of_both, preload_all
from companionway.meetings import policy as meetings
from companionway.meetings.states import MeetingState
from companionway.people.models import Person, Programme
from companionway.safety import queries as safety


@dataclass(frozen=True, slots=True)
class ItemShown:
    public_id: str
    words: str
    by: str
    is_mine: bool


@dataclass(frozen=True, slots=True)
class DecisionShown:
    decision: HouseDecision
    words: str
    how: str


@dataclass(frozen=True, slots=True)
class ActionShown:
    action: HouseAction
    words: str
    carer: str
    is_mine: bool


@dataclass(frozen=True, slots=True)
class MinutesShown:
    number: int
    words: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RegularMeeting:
    """One date of the series in `meetings` by which the house meets. `at` is local to the place."""

    public_id: str
    series_public_id: str
    place: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MeetingShown:
    """One meeting with everything that was written in it, opened."""

    meeting: HouseMeeting
    items: list[ItemShown]
    decisions: list[DecisionShown]
    actions: list[ActionShown]
    minutes: list[MinutesShown]

    @property
    def newest(self) -> MinutesShown | None:
        return self.minutes[-1] if self.minutes else None


def meetings_of(programme: Programme, most: int = 50) -> list[HouseMeeting]:
    """Every house meeting, newest first."""
    return list(HouseMeeting.objects.filter(programme=programme).order_by("-on")[:most])


def sits_now(programme: Programme) -> HouseMeeting | None:
    """The meeting in which the house sits together at this moment."""
    return HouseMeeting.objects.filter(programme=programme, state=HouseMeetingState.OPEN).first()


def next_meeting(programme: Programme, today: date) -> HouseMeeting | None:
    """The one that sits now, or the next to come."""
    sits, coming = Q(state=HouseMeetingState.OPEN), Q(state=HouseMeetingState.COMING, on__gte=today)
    rows = HouseMeeting.objects.filter(sits | coming, programme=programme)
    return rows.order_by(Case(When(sits, then=0), default=1), "on").first()


def regular_meeting(
    actor: Person, programme: Programme, now: datetime, on: date | None = None
) -> RegularMeeting | None:
    """The next date (or the one on this day) of the series that the house meets by: when, where, how to come."""
    rows = meetings.meetings_visible_to(actor).ahead(now).exclude(state=MeetingState.CANCELLED)
    rows = rows.filter(series__programme=programme, series__format_key=HOUSE_MEETING, series__ended_at=None)
    for row in rows.select_related("series").order_by("starts_at", "pk"):
        local = row.starts_at.astimezone(row.series.tz)
        if on is None or local.date() == on:
            return RegularMeeting(row.public_id, row.series.public_id, row.series.place_name, local)
    return None


def meeting_for(actor: Person, meeting: HouseMeeting) -> MeetingShown:
    """One meeting with everything that was written in it."""
    apart, items = safety.people_kept_from(actor.pk), list(meeting.items.select_related("author"))
    preload_all([(HOUSE, meeting.programme_id), *((PERSON, each.author_id) for each in items)])
    key = house_key(meeting.programme_id)
    return MeetingShown(
        meeting,
        _items(actor, items, meeting.programme_id, apart),
        [_decision(each, key) for each in meeting.decisions.all()],
        [_action(each, key, actor, apart) for each in meeting.actions.select_related("carer")],
        [
            MinutesShown(
                each.number, key.open(each.sealed, each.context), name_for(each.written_by, apart), each.written_at
            )
            for each in meeting.minutes.select_related("written_by")
        ],
    )  # fmt: skip


def _items(actor: Person, rows: list[AgendaItem], house: int, apart: Collection[int]) -> list[ItemShown]:
    keys = keys_of_both(HOUSE, PERSON, {(house, each.author_id) for each in rows}) if rows else {}
    return [
        ItemShown(
            each.public_id,
            keys[house, each.author_id].open(each.sealed, each.context),
            name_for(each.author, apart),
            each.author_id == actor.pk,
        )
        for each in rows
        if (house, each.author_id) in keys
    ]


def _decision(row: HouseDecision, key: SealingKey) -> DecisionShown:
    return DecisionShown(row, key.open(row.sealed, row.context), str(HowDecided(row.how).label))


def _action(row: HouseAction, key: SealingKey, actor: Person, apart: Collection[int]) -> ActionShown:
    carer = name_for(row.carer, apart) if row.carer_id else ""
    return ActionShown(row, key.open(row.sealed, row.context), carer, row.carer_id == actor.pk)


def decisions_of(programme: Programme, most: int = 20) -> list[DecisionShown]:
    """What this house decided, newest first."""
    rows = list(HouseDecision.objects.filter(meeting__programme=programme).order_by("-written_at")[:most])
    key = house_key(programme.pk) if rows else None
    return [_decision(each, key) for each in rows if key is not None]


def to_agree(programme: Programme, sits: HouseMeeting) -> list[HouseMeeting]:
    """Meetings before this one whose minutes wait to be agreed."""
    rows = HouseMeeting.objects.filter(programme=programme, state=HouseMeetingState.CLOSED, on__lt=sits.on)
    return list(rows.filter(minutes__number=1).order_by("on"))
