"""Whether somebody from the team is here now, from the opening hours the organisation gave."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from companionway.people.models import Organisation

_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LOOK_AHEAD_DAYS: Final = 60


@dataclass(frozen=True, slots=True)
class Presence:
    """`is_here` with `until`; or away with `back_at` (None when no hours are known). Times in the service's zone."""

    is_here: bool
    until: datetime | None = None
    back_at: datetime | None = None


def team_presence(organisation: Organisation, now: datetime) -> Presence:
    """Who reads at this moment: honest about nights, weekends and holidays."""
    zone = _zone(organisation.time_zone)
    local = now.astimezone(zone)
    # A shift may run past midnight, so yesterday's counts too.
    for ahead in range(-1, _LOOK_AHEAD_DAYS):
        day = local.date() + timedelta(days=ahead)
        for opens, closes in _shifts(organisation, day, zone):
            if opens <= local < closes:
                return Presence(is_here=True, until=closes)
            if opens > local:
                return Presence(is_here=False, back_at=opens)
    return Presence(is_here=False)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def _shifts(organisation: Organisation, day: date, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    if day.isoformat() in organisation.holidays:
        return
    for opens, closes in sorted(organisation.opening_hours.get(_DAYS[day.weekday()], [])):
        first, last = time.fromisoformat(opens), time.fromisoformat(closes)
        end_day = day if last > first else day + timedelta(days=1)
        yield datetime.combine(day, first, zone), datetime.combine(end_day, last, zone)
