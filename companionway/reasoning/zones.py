"""How a time zone changes its offset, said as calendars need it: by rules where there are rules, by dates otherwise.

Worked out from what the zone does, not from any text about it; so it cannot disagree with the instants we count.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

_STEP: Final = timedelta(hours=12)
_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class Turn:
    """One change of offset. `local` is what the clock showed when it happened, by the offset before."""

    local: datetime
    before: timedelta
    after: timedelta
    name: str
    is_daylight: bool


@dataclass(frozen=True, slots=True)
class Observance:
    """One part of a VTIMEZONE: from `local` on `after` holds; again by `rule`, or on the dates in `also`."""

    local: datetime
    before: timedelta
    after: timedelta
    name: str
    is_daylight: bool
    # "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", or empty
    rule: str = ""
    also: tuple[datetime, ...] = ()


@lru_cache(maxsize=128)
def observances(zone: ZoneInfo, from_year: int, until_year: int) -> list[Observance]:
    """What holds from the beginning of `from_year` to that of `until_year`; for ever where the zone has rules.

    Source: RFC 5545, 3.6.5. A zone that does not change has one part; one whose changes follow no rule of weekdays
    (Casablanca, with Ramadan) has every change as a date.
    """
    begins = datetime(from_year - 1, 1, 1, tzinfo=UTC)
    turns = list(_turns(zone, begins, datetime(until_year, 1, 1, tzinfo=UTC)))
    by_rule = _by_rule(turns, range(from_year - 1, until_year))
    if by_rule:
        return by_rule
    local = begins.astimezone(zone)
    first = Observance(
        begins.replace(tzinfo=None), _offset(local), _offset(local), local.tzname() or "", bool(local.dst())
    )
    return [first, *_by_date(turns)]


def _offset(local: datetime) -> timedelta:
    return local.utcoffset() or timedelta()


def _turns(zone: ZoneInfo, begins: datetime, ends: datetime) -> Iterator[Turn]:
    at = begins
    while at < ends:
        low, high = at, at + _STEP
        if low.astimezone(zone).utcoffset() != high.astimezone(zone).utcoffset():
            before = low.astimezone(zone)
            while high - low > timedelta(seconds=1):
                middle = low + (high - low) // 2
                middle = middle.replace(microsecond=0)
                if middle.astimezone(zone).utcoffset() == before.utcoffset():
                    low = middle
                else:
                    high = middle
            after = high.astimezone(zone)
            local = (high + _offset(before)).replace(tzinfo=None)
            yield Turn(local, _offset(before), _offset(after), after.tzname() or "", bool(after.dst()))
        at += _STEP


def _by_rule(turns: list[Turn], years: range) -> list[Observance]:
    """Two turns each year, each always on the same weekday of the month at the same time; else nothing."""
    kinds: dict[tuple[timedelta, timedelta, str], list[Turn]] = {}
    for turn in turns:
        kinds.setdefault((turn.before, turn.after, turn.name), []).append(turn)
    if len(kinds) != 2 or any(len(each) != len(years) for each in kinds.values()):
        return []
    found = []
    for each in kinds.values():
        rule = _rule(each)
        if not rule or [turn.local.year for turn in each] != list(years):
            return []
        first = each[0]
        found.append(
            Observance(first.local, first.before, first.after, first.name, first.is_daylight, rule=rule)
        )
    return found


def _rule(turns: list[Turn]) -> str:
    """ "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU" where that is what they do; empty otherwise."""
    same = {(turn.local.month, turn.local.weekday(), turn.local.time()) for turn in turns}
    if len(same) != 1:
        return ""
    month, weekday, _time = same.pop()
    nth = {(turn.local.day - 1) // 7 + 1 for turn in turns}
    is_last = all(turn.local.day + 7 > calendar.monthrange(turn.local.year, month)[1] for turn in turns)
    if is_last:
        place = -1
    elif len(nth) == 1:
        place = nth.pop()
    else:
        return ""
    return f"FREQ=YEARLY;BYMONTH={month};BYDAY={place}{_DAYS[weekday]}"


def _by_date(turns: list[Turn]) -> list[Observance]:
    kinds: dict[tuple[timedelta, timedelta, str, bool], list[datetime]] = {}
    for turn in turns:
        kinds.setdefault((turn.before, turn.after, turn.name, turn.is_daylight), []).append(turn.local)
    return [
        Observance(dates[0], before, after, name, is_daylight, also=tuple(dates[1:]))
        for (before, after, name, is_daylight), dates in kinds.items()
    ]
