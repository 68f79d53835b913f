"""Meetings in the table, some weeks ahead, equal to the rule and its changes. Safe to run twice."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from companionway.meetings.models import Change, Meeting, Series
from companionway.meetings.states import WRITTEN_AHEAD, MeetingState
from companionway.reasoning import recurrence
from companionway.reasoning.recurrence import Occurrence

_FIELDS = ("starts_at", "ends_at", "state", "way")
NOT_BEGUN = (MeetingState.PLANNED, MeetingState.CANCELLED)


def occurrences_of(
    series: Series, changes: list[Change], since: datetime, until: datetime
) -> list[Occurrence]:
    """What the rule and its changes say, cancelled meetings among them. Nothing after the end of the series."""
    found = recurrence.occurrences(
        recurrence.parse(series.rule),
        datetime.combine(series.starts_on, series.begins),
        series.tz,
        series.last_on,
        length=timedelta(minutes=series.minutes),
        changes=[_plain(each) for each in changes],
        since=since,
        until=until,
    )
    return [each for each in found if series.ended_at is None or each.starts_at < series.ended_at]


def _plain(change: Change) -> recurrence.Change:
    length = timedelta(minutes=change.minutes) if change.minutes else None
    return recurrence.Change(change.kind, change.original, change.starts_at, length, change.is_extra)


def write_ahead(series: Series, now: datetime) -> None:
    """Make the meetings that have not begun equal to what the series says. What was opened or is over stays."""
    said = {each.original: each for each in _ahead(series, now)}
    near = series.meetings.filter(Q(starts_at__gt=now) | Q(original__in=said))
    rows = {each.original: each for each in near}
    ours = {original: row for original, row in rows.items() if row.state in NOT_BEGUN}
    gone = [row.pk for original, row in ours.items() if original not in said]
    Meeting.objects.filter(pk__in=gone).delete()
    changed = [row for at, row in ours.items() if at in said and _takes(row, said[at], series)]
    Meeting.objects.bulk_update(changed, _FIELDS)
    fresh = [_new(series, one) for at, one in said.items() if at not in rows]
    Meeting.objects.bulk_create(fresh, ignore_conflicts=True)


def _ahead(series: Series, now: datetime) -> list[Occurrence]:
    """Some weeks, and what somebody changed or added however far ahead."""
    changes, until = list(series.changes.all()), now + WRITTEN_AHEAD
    furthest = max([until, *(each.starts_at or each.original for each in changes)]) + timedelta(minutes=1)
    found = occurrences_of(series, changes, now, furthest)
    return [each for each in found if each.is_changed or each.starts_at < until]


def _state(one: Occurrence) -> str:
    return MeetingState.CANCELLED if one.is_cancelled else MeetingState.PLANNED


def _takes(row: Meeting, one: Occurrence, series: Series) -> bool:
    """Whether the row had to change."""
    wanted = (one.starts_at, one.ends_at, _state(one), series.way)
    if wanted == tuple(getattr(row, name) for name in _FIELDS):
        return False
    row.starts_at, row.ends_at, row.state, row.way = wanted
    return True


def _new(series: Series, one: Occurrence) -> Meeting:
    return Meeting(
        series=series,
        original=one.original,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        state=_state(one),
        way=series.way,
    )
