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
