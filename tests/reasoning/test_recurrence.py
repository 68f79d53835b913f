"""When something comes again: ten years, six zones, and a second opinion (dateutil) on every rule."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import Phase, given, settings
from hypothesis import strategies as some

from companionway.reasoning import recurrence
from companionway.reasoning.recurrence import Change, Rule, WrongRule, instant, occurrences, parse, starts

ZONES = (
    "Europe/London",
    "America/New_York",
    "Australia/Sydney",
    "Africa/Casablanca",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
)
TEN_YEARS = (datetime(2020, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC))

_nth = some.sampled_from([-5, -2, -1, 1, 2, 3, 4, 5])
_weekday = some.integers(0, 6)
_plain_days = some.lists(_weekday, unique=True, max_size=4).map(
    lambda days: tuple((0, day) for day in sorted(days))
)
_counts = some.none() | some.integers(1, 60)
rules = some.one_of(
    some.builds(
        Rule,
        some.sampled_from(["DAILY", "WEEKLY"]),
        interval=some.integers(1, 9),
        by_day=_plain_days,
        count=_counts,
    ),
    some.builds(
        Rule,
        some.just("MONTHLY"),
        interval=some.integers(1, 7),
        by_day=some.lists(some.tuples(_nth, _weekday), unique=True, max_size=3).map(tuple) | _plain_days,
        count=_counts,
    ),
    some.builds(
        Rule,
        some.just("MONTHLY"),
        interval=some.integers(1, 7),
        month_days=some.lists(
            some.integers(-31, 31).filter(bool), unique=True, min_size=1, max_size=3
        ).map(tuple),
        count=_counts,
    ),
    some.builds(Rule, some.just("YEARLY"), interval=some.integers(1, 5), count=_counts),
)  # fmt: skip
firsts = some.datetimes(datetime(2020, 1, 1), datetime(2023, 12, 31)).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)


@given(rules, firsts)
@settings(max_examples=150, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
def test_the_days_are_those_another_reader_of_the_standard_finds(rule: Rule, first: datetime) -> None:
    read = parse(str(rule))
    assert read is not None
    theirs = rrulestr(str(read) + ("" if read.count else ";UNTIL=20291231T235959"), dtstart=first)
    last = datetime(2029, 12, 31, 23, 59, 59)
    # A rule that never falls on a day would be looked for until the year 9999.
    is_ever = recurrence.first_day(read, first.date()) is not None
    expected = [moment.date() for moment in theirs if moment <= last] if is_ever else []
    assert list(recurrence.days(read, first.date(), date(2029, 12, 31))) == expected


@given(rules, firsts, some.sampled_from(ZONES))
@settings(max_examples=60, deadline=None)
def test_a_clock_change_never_moves_a_meeting(rule: Rule, first: datetime, zone_name: str) -> None:
    """In ten years, local time is what was said; where the clock skips it, it is later by exactly the skipped time."""
    zone, read = ZoneInfo(zone_name), parse(str(rule))
    for begins in starts(read, first, zone, None, *TEN_YEARS):
        local = begins.astimezone(zone)
        is_there = local.replace(tzinfo=None).time() == first.time()
        before = (begins - timedelta(hours=3)).astimezone(zone).utcoffset()
        gap = (local.utcoffset() or timedelta()) - (before or timedelta())
        assert is_there or (gap > timedelta() and (local - gap).replace(tzinfo=None).time() == first.time())
        assert local.fold == 0, "what is shown twice is the first"


@given(rules, firsts, some.sampled_from(ZONES), some.integers(0, 3600), some.integers(1, 400))
@settings(max_examples=60, deadline=None)
def test_a_window_shows_exactly_its_part(
    rule: Rule, first: datetime, zone_name: str, from_day: int, days: int
) -> None:
    zone, read = ZoneInfo(zone_name), parse(str(rule))
    since = TEN_YEARS[0] + timedelta(days=from_day)
    until = min(since + timedelta(days=days), TEN_YEARS[1])
    everything = starts(read, first, zone, None, *TEN_YEARS)
    assert starts(read, first, zone, None, since, until) == [at for at in everything if since <= at < until]


@given(rules)
def test_a_rule_is_read_as_it_was_written(rule: Rule) -> None:
    read = parse(str(rule))
    assert read is not None and parse(str(read)) == read and parse(f"rrule:{str(read).lower()}") == read


@given(some.text(max_size=60) | some.lists(some.sampled_from(
    ["FREQ=WEEKLY", "FREQ=MONTHLY", "BYDAY=1MO", "BYDAY=,", "COUNT=0", "INTERVAL=-1", "COUNT=99999999999",
     "BYMONTHDAY=0", "BYMONTHDAY=٣", "UNTIL=20270101", "BYSETPOS=1", "WKST=XX", "=", ";"]), max_size=4
    ).map(";".join))  # fmt: skip
def test_anything_at_all_is_read_or_refused_with_a_reason(text: str) -> None:
    try:
        rule = parse(text)
    except WrongRule as fault:
        assert fault.why
    else:
        assert rule is None or parse(str(rule)) == rule


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("FREQ=HOURLY", "frequency"),
        ("BYDAY=MO", "frequency"),
        ("FREQ=WEEKLY;FREQ=DAILY", "twice"),
        ("FREQ=WEEKLY;UNTIL=20270101", "until"),
        ("FREQ=WEEKLY;BYSETPOS=1", "unknown"),
        ("FREQ=WEEKLY;BYDAY=1MO", "nth"),
        ("FREQ=MONTHLY;BYDAY=6MO", "day"),
        ("FREQ=MONTHLY;BYDAY=MO;BYMONTHDAY=13", "both"),
        ("FREQ=MONTHLY;BYDAY=MO,-1FR", "mixed"),
        ("FREQ=YEARLY;BYMONTHDAY=1", "yearly"),
        ("FREQ=WEEKLY;INTERVAL=2;WKST=SU", "week_start"),
        ("FREQ=WEEKLY;COUNT=0", "count"),
        ("FREQ=DAILY;INTERVAL=100", "interval"),
        ("FREQ=WEEKLY;", "unreadable"),
    ],
)
def test_what_is_not_taken_says_why(text: str, why: str) -> None:
    with pytest.raises(WrongRule) as refused:
        parse(text)
    assert refused.value.why == why


def test_a_rule_that_never_falls_on_a_day_is_seen() -> None:
    rule = parse("FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31")
    with pytest.raises(WrongRule):
        recurrence.check(rule, date(2026, 2, 1), recurrence.first_day)
    recurrence.check(rule, date(2026, 1, 1), recurrence.first_day)
    leap = parse("FREQ=YEARLY;INTERVAL=4")
    assert list(recurrence.days(leap, date(2096, 2, 29), date(2107, 1, 1))) == [
        date(2096, 2, 29),
        date(2104, 2, 29),
    ]


@pytest.mark.parametrize(
    ("zone", "local", "utc"),
    [
        # Not there: the clock jumps from one to two. By the offset before: half past two.
        ("Europe/London", datetime(2026, 3, 29, 1, 30), datetime(2026, 3, 29, 1, 30)),
        ("America/New_York", datetime(2026, 3, 8, 2, 30), datetime(2026, 3, 8, 7, 30)),
        # Lord Howe jumps by half an hour: 2:15 is 2:45.
        ("Australia/Lord_Howe", datetime(2026, 10, 4, 2, 15), datetime(2026, 10, 3, 15, 45)),
        # Twice: the first.
        ("Europe/London", datetime(2026, 10, 25, 1, 30), datetime(2026, 10, 25, 0, 30)),
        ("America/New_York", datetime(2026, 11, 1, 1, 30), datetime(2026, 11, 1, 5, 30)),
        ("Australia/Lord_Howe", datetime(2026, 4, 5, 1, 45), datetime(2026, 4, 4, 14, 45)),
        # Casablanca goes back for Ramadan: the last of its two nights of change each year.
        ("Africa/Casablanca", datetime(2026, 7, 1, 18, 30), datetime(2026, 7, 1, 17, 30)),
        ("Asia/Kolkata", datetime(2026, 7, 1, 18, 30), datetime(2026, 7, 1, 13, 0)),
    ],
)
def test_local_times_are_taken_as_the_standard_says(zone: str, local: datetime, utc: datetime) -> None:
    assert instant(local.date(), local.time(), ZoneInfo(zone)) == utc.replace(tzinfo=UTC)


def test_a_last_day_and_a_count_end_it() -> None:
    zone, first = ZoneInfo("Europe/London"), datetime(2026, 1, 6, 18, 30)
    weekly = parse("FREQ=WEEKLY")
    assert len(starts(weekly, first, zone, date(2026, 1, 20), *TEN_YEARS)) == 3
    assert len(starts(weekly, first, zone, date(2026, 1, 19), *TEN_YEARS)) == 2
    assert len(starts(parse("FREQ=WEEKLY;COUNT=5"), first, zone, None, *TEN_YEARS)) == 5
    assert len(starts(None, first, zone, None, *TEN_YEARS)) == 1


WEEK, HOUR = timedelta(weeks=1), timedelta(hours=1)
TUESDAY = datetime(2026, 11, 24, 18, 30, tzinfo=UTC)


def _found(*changes: Change, since: datetime = TUESDAY, weeks: int = 3) -> list[tuple[datetime, bool]]:
    all_of_it = occurrences(
        parse("FREQ=WEEKLY"), datetime(2026, 11, 24, 18, 30), ZoneInfo("Europe/London"), None,
        length=HOUR, changes=changes, since=since, until=since + weeks * WEEK,
    )  # fmt: skip
    return [(each.starts_at, each.is_cancelled) for each in all_of_it]


def test_changes_cancel_move_and_add() -> None:
    found = _found(
        Change("cancelled", TUESDAY),
        Change("moved", TUESDAY + WEEK, TUESDAY + WEEK + 2 * HOUR),
        Change("extra", TUESDAY + 3 * HOUR, TUESDAY + 3 * HOUR),
    )
    assert found == [
        (TUESDAY, True),
        (TUESDAY + 3 * HOUR, False),
        (TUESDAY + WEEK + 2 * HOUR, False),
        (TUESDAY + 2 * WEEK, False),
    ]


def test_a_meeting_moved_out_of_the_window_is_in_the_other_one() -> None:
    away = Change("moved", TUESDAY, TUESDAY + 4 * WEEK + HOUR)
    assert (TUESDAY, False) not in _found(away)
    assert (TUESDAY + 4 * WEEK + HOUR, False) in _found(away, since=TUESDAY + 4 * WEEK, weeks=1)


def test_a_change_of_what_the_rule_does_not_have_changes_nothing() -> None:
    wednesday = TUESDAY + timedelta(days=1)
    assert _found(Change("moved", wednesday, wednesday + HOUR), Change("cancelled", wednesday)) == _found()


def test_the_words_of_a_rule_are_data() -> None:
    weekly = parse("FREQ=WEEKLY;INTERVAL=2")
    assert weekly is not None
    assert recurrence.spoken(weekly, date(2026, 11, 24)).by_day == ((0, 1),)
    monthly = parse("FREQ=MONTHLY")
    assert monthly is not None
    assert recurrence.spoken(monthly, date(2026, 11, 24)).month_days == (24,)


def test_two_nights_a_year_in_six_zones_for_ten_years() -> None:
    """A daily meeting at each half hour of the night: one each day, always, and in order."""
    for name in ZONES:
        zone = ZoneInfo(name)
        for minutes in range(0, 240, 30):
            first = datetime.combine(date(2020, 1, 1), time(minutes // 60, minutes % 60))
            found = starts(parse("FREQ=DAILY"), first, zone, None, *TEN_YEARS)
            days = [at.astimezone(zone).date() for at in found]
            assert len(set(days)) == len(days) >= 3652
            between = [late - early for early, late in pairwise(found)]
            assert timedelta(hours=22) < min(between) <= max(between) < timedelta(hours=26)
