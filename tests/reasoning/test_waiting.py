"""Waiting: honest ranges or nothing, and a first word owed at a moment that people can trust."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from companionway.reasoning.waiting import (
    OpeningHours,
    WaitRange,
    capacity_light,
    expected_wait,
    first_word_due,
)

LONDON = ZoneInfo("Europe/London")
OFFICE = OpeningHours(tuple((day, time(9), time(17)) for day in range(5)), LONDON)


def london(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=LONDON)  # type: ignore[misc,arg-type]


def test_too_few_past_waits_or_no_places_give_no_number() -> None:
    assert expected_wait([5.0] * 9, queue_ahead=0, places_per_week=1) is None
    assert expected_wait([5.0] * 50, queue_ahead=0, places_per_week=0) is None
    with pytest.raises(ValueError, match="people before"):
        expected_wait([5.0] * 50, queue_ahead=-1, places_per_week=1)


def test_the_range_rests_on_the_services_own_past_waits() -> None:
    """With 19 past waits of 1 to 19 days: the 10th shortest and the 18th; a place opens each day."""
    past = [float(day) for day in range(19, 0, -1)]
    assert expected_wait(past, queue_ahead=12, places_per_week=7) == WaitRange(10, 18, 19)


def test_a_longer_queue_or_fewer_places_never_shorten_the_range() -> None:
    past = [float(day) for day in range(1, 20)]
    calm = expected_wait(past, queue_ahead=2, places_per_week=7)
    busy = expected_wait(past, queue_ahead=60, places_per_week=7)
    assert calm is not None and busy is not None
    assert busy.high_days > 60 > calm.high_days
    assert busy.low_days >= calm.low_days


def test_nine_in_ten_wait_no_longer_than_the_upper_end() -> None:
    """Past and next wait from one skewed distribution: the promise is kept at least as often as it says."""
    rng = np.random.default_rng(5)
    kept = []
    for _ in range(2000):
        *past, following = rng.exponential(30, 31).tolist()
        likely = expected_wait(past, queue_ahead=0, places_per_week=100)
        assert likely is not None
        kept.append(following <= likely.high_days)
    assert 0.88 <= np.mean(kept) <= 0.94


@given(
    st.lists(st.floats(0, 1000), min_size=10, max_size=40),
    st.integers(0, 300),
    st.floats(0.01, 100),
)
def test_the_range_is_never_upside_down(past: list[float], ahead: int, rate: float) -> None:
    likely = expected_wait(past, queue_ahead=ahead, places_per_week=rate)
    assert likely is not None
    assert 0 <= likely.low_days <= likely.high_days


@pytest.mark.parametrize(
    ("free", "waiting", "rate", "light"),
    [
        (3, 2, 0, "open"),
        (2, 2, 1, "short_wait"),
        (0, 3, 1, "short_wait"),
        (0, 4, 1, "long_wait"),
        (0, 0, 0, "closed"),
    ],
)
def test_the_light_says_how_it_is(free: int, waiting: int, rate: float, light: str) -> None:
    assert capacity_light(free, waiting, places_per_week=rate) == light


@pytest.mark.parametrize(
    ("asked", "hours", "due"),
    [
        (london(2025, 3, 5, 10), 4, london(2025, 3, 5, 14)),
        (london(2025, 3, 7, 16), 8, london(2025, 3, 10, 16)),
        (london(2025, 3, 8, 12), 2, london(2025, 3, 10, 11)),
        (london(2025, 3, 5, 5), 0, london(2025, 3, 5, 9)),
        (london(2025, 3, 5, 9), 8, london(2025, 3, 5, 17)),
        (datetime(2025, 7, 2, 8, 30, tzinfo=UTC), 1, london(2025, 7, 2, 10, 30)),
    ],
)
def test_a_first_word_is_owed_after_hours_in_which_somebody_reads(
    asked: datetime, hours: float, due: datetime
) -> None:
    assert first_word_due(asked, hours, OFFICE) == due


def test_holidays_do_not_count() -> None:
    shut = OpeningHours(OFFICE.weekly, LONDON, frozenset({date(2025, 12, 25), date(2025, 12, 26)}))
    assert first_word_due(london(2025, 12, 24, 16), 2, shut) == london(2025, 12, 29, 10)


def test_hours_are_real_ones_when_the_clocks_change() -> None:
    """In the night of 30 March 2025 the hour from 01:00 to 02:00 is missing in London; in October one is twice."""
    nights = OpeningHours(((6, time(0), time(6)),), LONDON)
    assert first_word_due(london(2025, 3, 30, 0), 3, nights) == london(2025, 3, 30, 4)
    assert first_word_due(london(2025, 10, 26, 0), 3, nights) == london(2025, 10, 26, 2)


def test_overlapping_and_all_night_openings_count_once() -> None:
    hours = OpeningHours(((2, time(9), time(12)), (2, time(11), time(13)), (2, time(20), time.max)), LONDON)
    assert first_word_due(london(2025, 3, 5, 9), 8, hours) == datetime(2025, 3, 6, 0, tzinfo=LONDON)


def test_a_service_that_never_opens_promises_nothing() -> None:
    assert first_word_due(london(2025, 3, 5, 9), 1, OpeningHours((), LONDON)) is None


def test_hours_that_make_no_sense_are_refused() -> None:
    with pytest.raises(ValueError, match="ends after"):
        OpeningHours(((0, time(17), time(9)),), LONDON)
    with pytest.raises(ValueError, match="time zone"):
        first_word_due(datetime(2025, 3, 5, 9), 1, OFFICE)


@given(st.integers(0, 60 * 24 * 14), st.integers(0, 60 * 40))
def test_the_promise_is_never_due_before_it_was_asked_nor_outside_opening(asked: int, minutes: int) -> None:
    moment = london(2025, 3, 20) + timedelta(minutes=asked)
    due = first_word_due(moment, minutes / 60, OFFICE)
    assert due is not None
    assert due >= moment
    assert due.weekday() < 5
    assert time(9) <= due.time() <= time(17)
    later = first_word_due(moment, (minutes + 30) / 60, OFFICE)
    assert later is not None and later > due
