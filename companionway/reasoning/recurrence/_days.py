"""The days a rule falls on, from its first day onward: plain days, no clock and no zone."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from typing import Final

from companionway.reasoning.recurrence._rules import Day, Rule, spoken

LAST_YEAR: Final = 2200
# A rule that has not met in so many years never does: 29 February, across a year such as 2100, every 7th year.
YEARS_TO_LOOK: Final = 60


def days(rule: Rule | None, first_on: date, until: date) -> Iterator[date]:
    """The days from `first_on` to `until` (counted in) on which it meets, in order.

    `first_on` is one of them only if the rule says so. As RFC 5545 has it, a month without a 31st has no meeting
    on it, and COUNT counts from the first.
    """
    if rule is None:
        if first_on <= until:
            yield first_on
        return
    yield from islice(_all(spoken(rule, first_on), first_on, min(until, date(LAST_YEAR, 12, 31))), rule.count)


def first_day(rule: Rule | None, first_on: date) -> date | None:
    """The first day it meets, `first_on` or later: what calendars want as the start. None where it never meets."""
    until = date(min(first_on.year + YEARS_TO_LOOK, LAST_YEAR), 12, 31)
    return next(days(rule, first_on, until), None)


def is_one_of(rule: Rule | None, first_on: date, day: date) -> bool:
    return any(each == day for each in days(rule, first_on, day))


def _all(rule: Rule, first_on: date, until: date) -> Iterator[date]:
    if rule.frequency == "DAILY":
        yield from _daily(rule, first_on, until)
        return
    periods = {"WEEKLY": _weeks, "MONTHLY": _months, "YEARLY": _years}[rule.frequency]
    for found in periods(rule, first_on, until):
        for day in found:
            if day > until:
                return
            if day >= first_on:
                yield day


def _daily(rule: Rule, first_on: date, until: date) -> Iterator[date]:
    wanted = {day for _nth, day in rule.by_day} or set(range(7))
    for ordinal in range(first_on.toordinal(), until.toordinal() + 1, rule.interval):
        day = date.fromordinal(ordinal)
        if day.weekday() in wanted:
            yield day


def _weeks(rule: Rule, first_on: date, until: date) -> Iterator[list[date]]:
    """Weeks begin on Monday: only with an interval does it matter."""
    monday = first_on - timedelta(days=first_on.weekday())
    wanted = sorted(day for _nth, day in rule.by_day)
    while monday <= until:
        yield [monday + timedelta(days=day) for day in wanted]
        monday += timedelta(weeks=rule.interval)


def _months(rule: Rule, first_on: date, until: date) -> Iterator[list[date]]:
    for month in range(_month(first_on), _month(until) + 1, rule.interval):
        year, number = divmod(month, 12)
        yield _in_month(rule, year, number + 1)


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _in_month(rule: Rule, year: int, month: int) -> list[date]:
    length = calendar.monthrange(year, month)[1]
    wanted = {each if each > 0 else length + 1 + each for each in rule.month_days}
    for each in rule.by_day:
        wanted.update(_nth(each, date(year, month, 1).weekday(), length))
    return [date(year, month, day) for day in sorted(wanted) if 1 <= day <= length]


def _nth(day: Day, first_weekday: int, length: int) -> list[int]:
    """The days of a month that are, for example, its last Friday; one at most, or every one where no number is said."""
    nth, weekday = day
    found = list(range(1 + (weekday - first_weekday) % 7, length + 1, 7))
    if nth == 0:
        return found
    place = nth - 1 if nth > 0 else len(found) + nth
    return [found[place]] if 0 <= place < len(found) else []


def _years(rule: Rule, first_on: date, until: date) -> Iterator[list[date]]:
    for year in range(first_on.year, until.year + 1, rule.interval):
        is_there = first_on.month != 2 or first_on.day != 29 or calendar.isleap(year)
        yield [first_on.replace(year=year)] if is_there else []
