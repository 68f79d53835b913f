"""Whether somebody from the team is here now. Decision 0016 says what "here" means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce

from companionway.foundation.prepared import Prepared, slot
from companionway.oncall.models import Rota, Turn
from companionway.people.models import Organisation
from companionway.reasoning.rota import Span, Weekly, common, joined, occurrences

_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# How far to look, and how many openings at most: nearly always the answer is in the next few.
_WINDOWS: Final = ((timedelta(days=9), 3), (timedelta(days=60), None))


@dataclass(frozen=True, slots=True)
class Presence:
    """`is_here` with `until`; or away with `back_at` (None when nobody can say). Times in the service's zone."""

    is_here: bool
    until: datetime | None = None
    back_at: datetime | None = None


def team_presence(organisation: Organisation, now: datetime) -> Presence:
    """Whether somebody reads at this moment: the hours say so, and where a rota is kept somebody's turn does too.

    One question to the database, unless the team is away for longer than the next few openings.
    """
    zone = zone_of(organisation)
    for ahead, openings in _WINDOWS:
        opened = hours(organisation, now, now + ahead)[:openings]
        if not opened:
            continue
        turns = _turns(organisation, now, opened[-1].ends_at)
        there = opened if turns is None else common(opened, turns)
        if there and there[0].covers(now):
            return Presence(is_here=True, until=there[0].ends_at.astimezone(zone))
        if there:
            return Presence(is_here=False, back_at=there[0].starts_at.astimezone(zone))
    return Presence(is_here=False)


def _turns(organisation: Organisation, now: datetime, until: datetime) -> list[Span] | None:
    """When somebody's turn covers the time until then; None where no rota is kept."""
    if organisation.pk is None:
        return None
    rows = _KEPT_AND_COVERED.all(organisation=organisation.pk, now=now, until=until)
    return [Span(since, end) for rank, since, end in rows if rank] if rows else None


def _kept_and_covered() -> QuerySet[Any]:
    """A first row when a rota is kept at all, then a row for each turn: one question for both."""
    kept = Rota.objects.filter(organisation=slot("organisation"), stopped_at=None).annotate(
        rank=Value(0), since=F("began_at"), end=F("began_at")
    )
    turns = (
        Turn.objects.filter(organisation=slot("organisation"))
        .touching(slot("now"), slot("until"))
        .by_those_who_may(slot("now"))
        .annotate(rank=Value(1), since=F("starts_at"), end=Coalesce("ended_at", "ends_at"))
    )
    columns = ("rank", "since", "end")
    return kept.values_list(*columns).union(turns.values_list(*columns), all=True)


_KEPT_AND_COVERED = Prepared(_kept_and_covered)


def hours(organisation: Organisation, since: datetime, until: datetime) -> list[Span]:
    """The opening hours between two moments, holidays left out. A shift past midnight belongs to its first day."""
    plan = [
        Weekly(_DAYS.index(day), time.fromisoformat(opens), time.fromisoformat(closes))
        for day, shifts in organisation.opening_hours.items()
        if day in _DAYS
        for opens, closes in shifts
    ]
    closed = frozenset(date.fromisoformat(day) for day in organisation.holidays)
    return joined(span for _, _, span in occurrences(plan, zone_of(organisation), since, until, closed))


def zone_of(organisation: Organisation) -> ZoneInfo:
    try:
        return ZoneInfo(organisation.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
