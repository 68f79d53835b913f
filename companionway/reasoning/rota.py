"""Clock times as moments: which spans a weekly plan means, what they cover together, and where nobody is.

A plan is kept in the service's own clock time; everything that is compared is a moment in UTC. Two datetimes of one
zone compare by their clock faces, which is wrong on the two nights a year when clocks change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations
from typing import Final
from zoneinfo import ZoneInfo

WEEK_MINUTES: Final = 7 * 24 * 60
DAY_MINUTES: Final = 24 * 60


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From a moment (counted in) to a moment (counted out), both UTC."""

    starts_at: datetime
    ends_at: datetime

    def covers(self, moment: datetime) -> bool:
        return self.starts_at <= moment < self.ends_at


@dataclass(frozen=True, slots=True)
class Weekly:
    """Every week on `weekday` (Monday 0) from one clock time to another; to the next day when that is not later."""

    weekday: int
    begins: time
    ends: time
    # Whatever it stands for, to be known again.
    key: int = 0

    @property
    def minutes(self) -> tuple[int, int]:
        """From and to in minutes since Monday 00:00; the second may lie beyond the end of the week."""
        first = self.weekday * DAY_MINUTES + self.begins.hour * 60 + self.begins.minute
        length = (self.ends.hour - self.begins.hour) * 60 + self.ends.minute - self.begins.minute
        return first, first + (length if length > 0 else length + DAY_MINUTES)

    def on(self, day: date, zone: ZoneInfo) -> Span:
        last = day if self.ends > self.begins else day + timedelta(days=1)
        return Span(moment(day, self.begins, zone), moment(last, self.ends, zone))


def moment(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The moment at which clocks in `zone` show this time on this day, in UTC.

    Shown twice (clocks go back): the first. Never shown (clocks go forward): the moment of the jump. So a later
    clock time is never an earlier moment, and spans that do not overlap on paper do not overlap on any night.
    """
    first = datetime.combine(day, clock, zone)
    found = first.astimezone(UTC)
    if found.astimezone(zone).replace(tzinfo=None) == first.replace(tzinfo=None):
        return found
    # `low` is before the jump, and at `high` it has happened.
    low, high = first.replace(fold=1).astimezone(UTC), found
    before = low.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high


def occurrences(
    plan: Iterable[Weekly],
    zone: ZoneInfo,
    since: datetime,
    until: datetime,
    closed_on: frozenset[date] = frozenset(),
) -> Iterator[tuple[Weekly, date, Span]]:
    """Each time a plan comes round and touches the time between two moments, with the day it begins on, in order."""
    days = sorted(plan, key=lambda each: each.minutes)
    day, last = since.astimezone(zone).date() - timedelta(days=1), until.astimezone(zone).date()
    while day <= last:
        if day not in closed_on:
            for each in days:
                if each.weekday == day.weekday():
                    span = each.on(day, zone)
                    if span.starts_at < span.ends_at and span.starts_at < until and span.ends_at > since:
                        yield each, day, span
        day += timedelta(days=1)


def clashes(plan: Sequence[Weekly]) -> Iterator[tuple[Weekly, Weekly]]:
    """Pairs of one plan that are at the same time in some week."""
    for one, other in combinations(plan, 2):
        (a, b), (c, d) = one.minutes, other.minutes
        if any(a < d + turn and c + turn < b for turn in (-WEEK_MINUTES, 0, WEEK_MINUTES)):
            yield one, other


def joined(spans: Iterable[Span]) -> list[Span]:
    """The same time in as few spans as possible, in order; empty ones left out."""
    whole: list[Span] = []
    for span in sorted(each for each in spans if each.starts_at < each.ends_at):
        if whole and span.starts_at <= whole[-1].ends_at:
            whole[-1] = Span(whole[-1].starts_at, max(whole[-1].ends_at, span.ends_at))
        else:
            whole.append(span)
    return whole


def gaps(within: Span, covered: Iterable[Span]) -> list[Span]:
    """What of `within` none of the spans covers."""
    left, reached = [], within.starts_at
    for span in joined(covered):
        if span.starts_at >= within.ends_at:
            break
        if span.starts_at > reached:
            left.append(Span(reached, span.starts_at))
        reached = max(reached, span.ends_at)
    return [*left, Span(reached, within.ends_at)] if reached < within.ends_at else left


def common(one: Iterable[Span], other: Iterable[Span]) -> list[Span]:
    """The time that both cover."""
    others = joined(other)
    both = []
    for span in joined(one):
        for each in others:
            starts_at, ends_at = max(span.starts_at, each.starts_at), min(span.ends_at, each.ends_at)
            if starts_at < ends_at:
                both.append(Span(starts_at, ends_at))
    return both
