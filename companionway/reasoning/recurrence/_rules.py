"""A rule as text and as data: what is understood, and a reason for everything that is not."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FREQUENCIES: Final = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
MOST_INTERVAL: Final = 99
MOST_COUNT: Final = 1000
LONGEST: Final = 200
_DAY = re.compile(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
_NUMBER = re.compile(r"[+-]?[0-9]{1,4}", re.ASCII)
# (which of the month: 0 every one, 1 the first, -1 the last; weekday with Monday 0)
Day = tuple[int, int]


class Wrong(StrEnum):
    """Why a rule is not taken. Keys; the words stand where people read them."""

    UNREADABLE = "unreadable"
    TOO_LONG = "too_long"
    TWICE = "twice"
    UNKNOWN = "unknown"
    FREQUENCY = "frequency"
    INTERVAL = "interval"
    COUNT = "count"
    UNTIL = "until"
    DAY = "day"
    NTH = "nth"
    MONTH_DAY = "month_day"
    BOTH = "both"
    MIXED = "mixed"
    YEARLY = "yearly"
    WEEK_START = "week_start"
    NEVER = "never"


class WrongRule(ValueError):
    """A rule that is not taken. `why` is one of `Wrong`, `part` the piece of text that it is about."""

    def __init__(self, why: Wrong, part: str = "") -> None:
        super().__init__(f"{why}: {part}" if part else str(why))
        self.why, self.part = why, part


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that was understood. `month_days` 1 to 31, or -1 (the last) to -31."""

    frequency: str
    interval: int = 1
    by_day: tuple[Day, ...] = ()
    month_days: tuple[int, ...] = ()
    count: int | None = None

    def __str__(self) -> str:
        """RFC 5545 text, always in the same order, so that equal rules are equal text."""
        parts = [f"FREQ={self.frequency}"]
        if self.interval != 1:
            parts.append(f"INTERVAL={self.interval}")
        if self.by_day:
            parts.append("BYDAY=" + ",".join(day_code(each) for each in self.by_day))
        if self.month_days:
            parts.append("BYMONTHDAY=" + ",".join(map(str, self.month_days)))
        if self.count is not None:
            parts.append(f"COUNT={self.count}")
        return ";".join(parts)


def day_code(day: Day) -> str:
    """(-1, 4) is "-1FR"."""
    return f"{day[0] or ''}{DAYS[day[1]]}"


def parse(text: str) -> Rule | None:
    """Read a rule; None for an empty one (it meets once). Raises WrongRule with a reason for all that is not taken.

    Source: RFC 5545, 3.3.10, of which this takes FREQ (daily to yearly), INTERVAL, BYDAY, BYMONTHDAY, COUNT and a WKST
    that changes nothing. UNTIL is refused: the last day is kept beside the rule, as a day.
    """
    if not text.strip():
        return None
    if len(text) > LONGEST:
        raise WrongRule(Wrong.TOO_LONG)
    parts = _parts(text.strip().upper().removeprefix("RRULE:"))
    frequency = parts.pop("FREQ", "")
    if frequency not in FREQUENCIES:
        raise WrongRule(Wrong.FREQUENCY, frequency)
    rule = Rule(
        frequency,
        interval=_number(parts.pop("INTERVAL", "1"), 1, MOST_INTERVAL, Wrong.INTERVAL),
        by_day=_by_day(parts.pop("BYDAY", "")),
        month_days=_month_days(parts.pop("BYMONTHDAY", "")),
        count=_number(count, 1, MOST_COUNT, Wrong.COUNT) if (count := parts.pop("COUNT", "")) else None,
    )
    week_start = parts.pop("WKST", "MO")
    if "UNTIL" in parts:
        raise WrongRule(Wrong.UNTIL, parts["UNTIL"])
    if parts:
        raise WrongRule(Wrong.UNKNOWN, next(iter(parts)))
    if week_start != "MO" and (week_start not in DAYS or (frequency == "WEEKLY" and rule.interval > 1)):
        raise WrongRule(Wrong.WEEK_START, week_start)
    return _fits(rule)


def _parts(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for piece in text.split(";"):
        name, is_there, value = piece.partition("=")
        if not is_there or not name or not value:
            raise WrongRule(Wrong.UNREADABLE, piece[:40])
        if name in found:
            raise WrongRule(Wrong.TWICE, name[:40])
        found[name] = value
    return found


def _number(text: str, least: int, most: int, why: Wrong) -> int:
    if not _NUMBER.fullmatch(text) or not least <= int(text) <= most:
        raise WrongRule(why, text[:40])
    return int(text)


def _by_day(text: str) -> tuple[Day, ...]:
    found: set[Day] = set()
    for each in text.split(",") if text else ():
        read = _DAY.fullmatch(each)
        if read is None:
            raise WrongRule(Wrong.DAY, each[:40])
        found.add((int(read[1] or 0), DAYS.index(read[2])))
    return tuple(sorted(found, key=lambda day: (day[0] < 0, day)))


def _month_days(text: str) -> tuple[int, ...]:
    found = {_number(each, -31, 31, Wrong.MONTH_DAY) for each in text.split(",")} if text else set()
    if 0 in found:
        raise WrongRule(Wrong.MONTH_DAY, "0")
    return tuple(sorted(found, key=lambda day: (day < 0, day)))


def _fits(rule: Rule) -> Rule:
    """What RFC 5545 forbids or leaves to be guessed is refused, not guessed."""
    if rule.by_day and rule.month_days:
        raise WrongRule(Wrong.BOTH)
    if len({bool(nth) for nth, _day in rule.by_day}) > 1:
        # The standard allows it; what many calendars are built on (dateutil) takes it as "both at once".
        raise WrongRule(Wrong.MIXED)
    if rule.frequency == "YEARLY" and (rule.by_day or rule.month_days):
        raise WrongRule(Wrong.YEARLY)
    if rule.month_days and rule.frequency != "MONTHLY":
        raise WrongRule(Wrong.MONTH_DAY, rule.frequency)
    if any(nth for nth, _day in rule.by_day) and rule.frequency != "MONTHLY":
        raise WrongRule(Wrong.NTH, rule.frequency)
    return rule


def check(rule: Rule | None, first_on: date, first_day: Callable[[Rule, date], date | None]) -> None:
    """Raises WrongRule where a rule never falls on any day from `first_on`."""
    if rule is not None and first_day(rule, first_on) is None:
        raise WrongRule(Wrong.NEVER)


def spoken(rule: Rule, first_on: date) -> Rule:
    """The same rule with what it leaves unsaid said: the weekday, or the day of the month, of the first meeting."""
    if rule.frequency == "WEEKLY" and not rule.by_day:
        return replace(rule, by_day=((0, first_on.weekday()),))
    if rule.frequency == "MONTHLY" and not rule.by_day and not rule.month_days:
        return replace(rule, month_days=(first_on.day,))
    return rule
