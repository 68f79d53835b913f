"""Clock times and spans: no overlap mistakes, no gap unseen, and nights on which clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companionway.reasoning.rota import (
    Span,
    Weekly,
    clashes,
    common,
    gaps,
    joined,
    moment,
    occurrences,
)

LONDON, HOWE, CHATHAM = (
    ZoneInfo("Europe/London"),
    ZoneInfo("Australia/Lord_Howe"),
    ZoneInfo("Pacific/Chatham"),
)
# London goes forward and back; Lord Howe by half an hour; Chatham keeps three quarters; Apia once skipped a day.
ZONES = [LONDON, HOWE, CHATHAM, ZoneInfo("America/New_York"), ZoneInfo("Asia/Kolkata"), ZoneInfo("UTC")]
START = datetime(2026, 1, 1, tzinfo=UTC)

# Judged by what is true, never by how long it took.
in_any_time = settings(deadline=None, max_examples=60)
zones = st.sampled_from(ZONES)
clocks = st.builds(time, st.integers(0, 23), st.sampled_from([0, 1, 15, 30, 45, 59]))
days = st.dates(date(2026, 1, 2), date(2027, 12, 30))
# Nights of change, and those around them, as often as all others together.
change_days = st.sampled_from(
    [date(2026, 3, 28), date(2026, 3, 29), date(2026, 10, 24), date(2026, 10, 25), date(2026, 4, 4),
     date(2026, 4, 5), date(2026, 10, 3), date(2026, 10, 4), date(2026, 3, 7), date(2026, 3, 8)]
)  # fmt: skip
some_days = days | change_days
moments = st.builds(lambda hours: START + timedelta(minutes=15 * hours), st.integers(0, 60))
spans = st.builds(
    lambda since, quarters: Span(since, since + timedelta(minutes=15 * quarters)),
    moments,
    st.integers(0, 30),
)
weeklies = st.builds(Weekly, st.integers(0, 6), clocks, clocks)


def covered(moment_: datetime, by: list[Span]) -> bool:
    return any(span.covers(moment_) for span in by)


@in_any_time
@given(st.lists(spans, max_size=12), spans, moments)
def test_every_moment_is_covered_or_in_a_gap_and_never_both(turns: list[Span], within: Span, now: datetime):
    free = gaps(within, turns)
    if within.covers(now):
        assert covered(now, free) is not covered(now, turns)
    else:
        assert not covered(now, free)
    # Whatever stands at an edge: a gap begins and ends where something else does, and no two touch.
    assert all(one.ends_at < other.starts_at for one, other in pairwise(free))


@in_any_time
@given(st.lists(spans, max_size=8), st.lists(spans, max_size=8), moments)
def test_common_is_what_both_cover(one: list[Span], other: list[Span], now: datetime):
    assert covered(now, common(one, other)) is (covered(now, one) and covered(now, other))


@in_any_time
@given(st.lists(spans, max_size=12), moments)
def test_joining_covers_the_same_and_nothing_twice(several: list[Span], now: datetime):
    whole = joined(several)
    assert covered(now, whole) is covered(now, several)
    assert all(a.ends_at < b.starts_at for a, b in pairwise(whole)) and all(
        a.starts_at < a.ends_at for a in whole
    )


@in_any_time
@given(some_days, clocks, clocks, zones)
def test_a_later_clock_time_is_never_an_earlier_moment(day: date, one: time, other: time, zone: ZoneInfo):
    early, late = sorted((one, other))
    assert (
        moment(day, early, zone) <= moment(day, late, zone) <= moment(day + timedelta(days=1), time(0), zone)
    )


@in_any_time
@given(some_days, clocks, zones)
def test_the_clock_shows_that_time_or_jumped_over_it(day: date, clock: time, zone: ZoneInfo):
    found = moment(day, clock, zone)
    shown = found.astimezone(zone).replace(tzinfo=None)
    wanted = datetime.combine(day, clock)
    before = (found - timedelta(seconds=1)).astimezone(zone).replace(tzinfo=None)
    assert shown == wanted or before < wanted < shown


def test_the_nights_of_change_in_london():
    spring, autumn = date(2026, 3, 29), date(2026, 10, 25)
    assert moment(spring, time(1, 30), LONDON) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    assert moment(spring, time(2, 0), LONDON) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    # 01:30 comes twice: the first counts.
    assert moment(autumn, time(1, 30), LONDON) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    night = Weekly(5, time(22), time(9))
    assert night.on(date(2026, 3, 28), LONDON).ends_at - night.on(
        date(2026, 3, 28), LONDON
    ).starts_at == timedelta(hours=10)
    assert night.on(date(2026, 10, 24), LONDON).ends_at - night.on(
        date(2026, 10, 24), LONDON
    ).starts_at == timedelta(hours=12)


@in_any_time
@given(st.lists(weeklies, min_size=2, max_size=5), some_days, zones)
def test_what_does_not_clash_on_paper_does_not_overlap_on_any_night(
    plan: list[Weekly], day: date, zone: ZoneInfo
):
    since = datetime.combine(day, time(0), UTC) - timedelta(days=4)
    turns = [span for _, _, span in occurrences(plan, zone, since, since + timedelta(days=9))]
    if not any(True for _ in clashes(plan)):
        ordered = sorted(turns)
        assert all(one.ends_at <= other.starts_at for one, other in pairwise(ordered))


@in_any_time
@given(weeklies, weeklies)
def test_a_clash_is_two_at_the_same_minute_of_the_week(one: Weekly, other: Weekly):
    week = 7 * 24 * 60
    minutes = [{minute % week for minute in range(*each.minutes)} for each in (one, other)]
    assert any(True for _ in clashes([one, other])) is bool(minutes[0] & minutes[1])


@in_any_time
@given(st.integers(1, 6), clocks, some_days, zones)
def test_a_whole_week_in_a_row_leaves_no_gap_on_any_night(
    parts: int, begins: time, day: date, zone: ZoneInfo
):
    """Turns that follow each other on paper follow each other in truth, clock changes or not."""
    first = begins.hour * 60 + begins.minute
    marks = [(first + 1440 * n // parts) % 1440 for n in range(parts)]
    plan = [
        Weekly(weekday, time(*divmod(mark, 60)), time(*divmod(after, 60)))
        for mark, after in zip(marks, [*marks[1:], marks[0]], strict=True)
        for weekday in range(7)
    ]
    since = datetime.combine(day, time(0), UTC) - timedelta(days=2)
    turns = [span for _, _, span in occurrences(plan, zone, since, since + timedelta(days=5))]
    assert gaps(Span(since, since + timedelta(days=5)), turns) == []


@in_any_time
@given(st.lists(weeklies, max_size=4), some_days, zones, st.sets(days, max_size=3))
def test_no_turn_is_missed_and_none_begins_on_a_day_that_is_closed(
    plan: list[Weekly], day: date, zone: ZoneInfo, closed: set[date]
):
    since = datetime.combine(day, time(12), UTC)
    until = since + timedelta(days=3)
    found = {(weekly, on) for weekly, on, _ in occurrences(plan, zone, since, until, frozenset(closed))}
    for offset in range(-3, 6):
        on = day + timedelta(days=offset)
        for weekly in plan:
            if weekly.weekday == on.weekday():
                span = weekly.on(on, zone)
                touches = max(span.starts_at, since) < min(span.ends_at, until)
                assert ((weekly, on) in found) is (touches and on not in closed)


@pytest.mark.parametrize("zone", ZONES)
def test_a_slot_in_the_hour_that_is_skipped_is_empty_and_left_out(zone: ZoneInfo):
    plan = [Weekly(6, time(1, 15), time(1, 45))]
    since = datetime(2026, 3, 28, tzinfo=UTC)
    found = list(occurrences(plan, zone, since, since + timedelta(days=3)))
    assert len(found) == (0 if zone == LONDON else 1)


def test_sunday_night_meets_monday_morning():
    sunday, monday = Weekly(6, time(22), time(9)), Weekly(0, time(8), time(12))
    assert list(clashes([sunday, monday])) and list(clashes([monday, sunday]))
    assert not list(clashes([sunday, Weekly(0, time(9), time(12))]))
