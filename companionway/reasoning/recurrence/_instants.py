"""From a day and a clock time to an instant."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from companionway.reasoning.recurrence._days import days
from companionway.reasoning.recurrence._rules import Rule

# No zone is further from UTC, and no clock change is longer.
A_DAY_AND_MORE: Final = timedelta(days=2)


def instant(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The instant (UTC) of a local time. Shown twice: the first. Never shown: by the offset that held before the gap.

    Source: RFC 5545, 3.3.5, form 3. (Half past two in a night that jumps from two to three is half past three.)
    """
    return datetime.combine(day, clock.replace(fold=0), zone).astimezone(UTC)


def starts(
    rule: Rule | None, first: datetime, zone: ZoneInfo, last_on: date | None, since: datetime, until: datetime
) -> list[datetime]:
    """The instants at which it begins, in order, from `since` (counted in) to `until` (counted out).

    `first` is a local date and time without a zone; `last_on` the last local day on which it may begin.
    """
    earliest, latest = _day_of(since - A_DAY_AND_MORE, zone), _day_of(until + A_DAY_AND_MORE, zone)
    if last_on is not None:
        latest = min(latest, last_on)
    clock, found = first.time(), set()
    for day in days(rule, first.date(), latest):
        if day >= earliest and since <= (begins := instant(day, clock, zone)) < until:
            found.add(begins)
    return sorted(found)


def _day_of(moment: datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date()
