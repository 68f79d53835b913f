"""Repeating duties: run when due, once for all workers, and again after a failure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from companionway.foundation import duties
from companionway.foundation.models import DutyRun

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


@pytest.fixture
def only(monkeypatch):
    monkeypatch.setattr(duties, "_duties", {})


def test_a_duty_runs_when_due_and_not_before(only):
    seen: list[datetime] = []
    duties.duty("tea", every=timedelta(minutes=10))(seen.append)
    for minutes in (0, 5, 10, 15, 20):
        duties.run_due(NOW + timedelta(minutes=minutes))
    assert seen == [NOW, NOW + timedelta(minutes=10), NOW + timedelta(minutes=20)]


def test_a_failing_duty_neither_stops_the_others_nor_is_given_up(only):
    seen: list[datetime] = []

    def breaks(now: datetime) -> None:
        seen.append(now)
        raise ValueError("broken cup")

    duties.duty("breaks", every=timedelta(minutes=1))(breaks)
    duties.duty("after", every=timedelta(minutes=1))(seen.append)
    duties.run_due(NOW)
    duties.run_due(NOW + timedelta(minutes=1))
    assert len(seen) == 4


def test_two_workers_share_one_clock(only):
    seen: list[datetime] = []
    duties.duty("tea", every=timedelta(minutes=10))(seen.append)
    DutyRun.objects.create(name="tea", due_at=NOW + timedelta(minutes=10), ran_at=NOW)
    assert duties.run_due(NOW) == []


def test_a_clock_that_is_put_back_does_not_stop_what_repeats(only):
    seen: list[datetime] = []
    duties.duty("tea", every=timedelta(minutes=10))(seen.append)
    ahead = NOW + timedelta(days=10)
    duties.run_due(ahead)
    duties.run_due(NOW)
    duties.run_due(NOW)
    assert seen == [ahead, NOW]
    # Clocks of two machines that differ a little are no clock that was put back.
    duties.run_due(NOW - timedelta(minutes=2))
    assert seen == [ahead, NOW]


def test_what_is_not_due_asks_nothing(only, django_assert_num_queries):
    """An idle minute, looked at every other second: one look at the table, and nothing for each duty."""
    for number in range(12):
        duties.duty(f"tea {number}", every=timedelta(hours=1))(lambda now: None)
    rota = duties.Rota()
    assert len(rota.run_due(NOW)) == 12
    with django_assert_num_queries(1):
        for seconds in range(2, 62, 2):
            assert rota.run_due(NOW + timedelta(seconds=seconds)) == []


def test_a_time_that_was_changed_in_the_table_is_noticed_within_a_minute(only):
    duties.duty("tea", every=timedelta(hours=1))(lambda now: None)
    rota = duties.Rota()
    assert rota.run_due(NOW) == ["tea"]
    DutyRun.objects.update(due_at=NOW)
    assert rota.run_due(NOW + timedelta(seconds=30)) == []
    assert rota.run_due(NOW + timedelta(seconds=61)) == ["tea"]


def test_a_duty_that_another_worker_took_is_tried_again_when_it_is_due_there(only):
    duties.duty("tea", every=timedelta(minutes=10))(lambda now: None)
    here, there = duties.Rota(), duties.Rota()
    assert (here.run_due(NOW), there.run_due(NOW)) == (["tea"], [])
    later = NOW + timedelta(minutes=10)
    assert (there.run_due(later), here.run_due(later)) == (["tea"], [])
    assert here.run_due(later + timedelta(minutes=10)) == ["tea"]
