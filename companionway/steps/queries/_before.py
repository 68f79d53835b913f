"""What will happen at a meeting, read before one goes. Reading it leaves no trace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from companionway.meetings import policy as meetings
from companionway.meetings.states import MeetingState, Way
from companionway.people.group_rules import GroupRules
from companionway.people.models import Person
from companionway.safety import queries as safety


@dataclass(frozen=True, slots=True)
class Moment:
    """One part of it: when it begins by the clock, and how long it takes."""

    at: datetime | None
    minute: int
    minutes: int
    title: str
    words: str
    may_pass: bool


@dataclass(frozen=True, slots=True)
class Holder:
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Ahead:
    """Everything somebody would like to know before they go."""

    series: Any
    meeting: Any
    told: tuple[str, ...]
    moments: list[Moment]
    holders: list[Holder]
    has_quiet_seat: bool
    shows_place: bool
    is_online: bool


def before_going(person: Person, public_id: str, now: datetime) -> Ahead | None:
    """The next meeting of a series that this person may come to, minute by minute; None for any other series."""
    rows = meetings.enterable_by(person).going_on(now).filter(public_id=public_id)
    series = rows.select_related("programme").first()
    if series is None:
        return None
    meeting = series.meetings.ahead(now).exclude(state=MeetingState.CANCELLED).order_by("starts_at").first()
    rules = GroupRules.of(series.programme)
    return Ahead(
        series=series,
        meeting=meeting,
        told=rules.what_happens if rules else (),
        moments=_moments(rules, series.format_key, meeting.starts_at if meeting else None),
        holders=_holders(person, series, rules, now),
        has_quiet_seat=bool(rules and rules.quiet_seat),
        # Where the place is hidden, only who was let in reads it; closed series let in by name.
        shows_place=not (rules and rules.hides_place and not series.is_closed),
        is_online=(meeting or series).way != Way.IN_PERSON,
    )


def _moments(rules: GroupRules | None, format_key: str, starts_at: datetime | None) -> list[Moment]:
    found, minute = [], 0
    for part in rules.format_of(format_key).parts if rules and rules.formats else ():
        at = timezone.localtime(starts_at) + timedelta(minutes=minute) if starts_at else None
        found.append(Moment(at, minute, part.minutes, part.title, part.words, part.may_pass))
        minute += part.minutes
    return found


def _holders(person: Person, series: Any, rules: GroupRules | None, now: datetime) -> list[Holder]:
    """Who will be there for everybody: nobody whom this person is kept from."""
    kept = safety.people_kept_from(person.pk)
    rows = series.holders.now(now).filter(person__erased_at=None, person__is_active=True)
    rows = rows.exclude(person__in=kept).exclude(person=person).select_related("person")
    found = []
    for each in rows.order_by("-holds_frame", "since_at", "pk"):
        role = rules.role_of(each.role) if rules else None
        found.append(Holder(each.person.name, role.label if role else ""))
    return found
