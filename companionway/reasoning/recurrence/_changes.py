"""A rule, and what was changed about single meetings: cancelled, moved, extra."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from companionway.reasoning.recurrence._instants import starts
from companionway.reasoning.recurrence._rules import Rule

CANCELLED: Final = "cancelled"
MOVED: Final = "moved"
EXTRA: Final = "extra"


@dataclass(frozen=True, slots=True)
class Change:
    """`original` is the instant by the rule (of an extra meeting: its own); `starts_at` where a moved one went."""

    kind: str
    original: datetime
    starts_at: datetime | None = None
    length: timedelta | None = None
    # Not by the rule, also where it was cancelled since.
    is_extra: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Occurrence:
    """One meeting: when it is, and by which instant calendars know it."""

    starts_at: datetime
    ends_at: datetime
    original: datetime
    is_cancelled: bool = False
    is_changed: bool = False


def occurrences(
    rule: Rule | None,
    first: datetime,
    zone: ZoneInfo,
    last_on: date | None,
    *,
    length: timedelta,
    changes: Iterable[Change],
    since: datetime,
    until: datetime,
) -> list[Occurrence]:
    """All meetings that begin from `since` to before `until`, in order; cancelled ones are among them and say so.

    A change of something that the rule does not have (any more) changes nothing.
    """
    changed = {each.original: each for each in changes}
    by_rule = set(starts(rule, first, zone, last_on, since, until))
    for each in changed.values():
        if not since <= each.original < until and not _is_extra(each):
            # Moved in from outside the window: still one that the rule has.
            by_rule.update(
                starts(rule, first, zone, last_on, each.original, each.original + timedelta(microseconds=1))
            )
    by_rule.update(each.original for each in changed.values() if _is_extra(each))
    found = [_one(original, changed.get(original), length) for original in by_rule]
    return sorted(each for each in found if since <= each.starts_at < until)


def _is_extra(change: Change) -> bool:
    return change.is_extra or change.kind == EXTRA


def _one(original: datetime, change: Change | None, length: timedelta) -> Occurrence:
    if change is None:
        return Occurrence(original, original + length, original)
    begins, lasts = change.starts_at or original, change.length or length
    if change.kind == CANCELLED:
        # It may have been moved before: it is cancelled where people would have gone.
        return Occurrence(begins, begins + lasts, original, is_cancelled=True, is_changed=True)
    return Occurrence(begins, begins + lasts, original, is_changed=True)
