"""Leaving for a time or for good: no day is left without anybody. Downloading, keeping."""

from __future__ import annotations

from datetime import timedelta

from companionway.foundation import parts, retention
from companionway.people import services as people
from companionway.people.models import RoleHeld
from companionway.placements import services
from companionway.placements.models import CanCover, Holding, Interest, Placement, WorkDay
from tests.cast import NOW
from tests.rooms.clubhouse.conftest import Home, tell
from tests.rooms.placements.conftest import working


def lived(home: Home) -> Placement:
    """Mina has the front desk, Nils covers there."""
    where = working(home, home.mina)
    services.offer_cover(actor=home.nils, placement=where, weekdays=[0], now=NOW)
    return where


def test_who_deletes_everything_leaves_days_that_are_asked_of_others(home: Home) -> None:
    where = lived(home)
    people.delete_everything(actor=home.mina, now=NOW)
    tell()
    assert not Interest.objects.exists() and not Holding.objects.exists()
    days = WorkDay.objects.filter(placement=where)
    assert days.count() == 8 and not days.filter(asked_at=None).exists(), "each day is asked of others"


def test_whoever_lays_the_role_down_leaves_no_day_without_a_question(home: Home) -> None:
    where = lived(home)
    held = RoleHeld.objects.get(person=home.mina, programme=home.programme)
    people.end_role(actor=home.mina, held=held, now=NOW)
    tell()
    assert Holding.objects.get(person=home.mina).ended_on is not None
    assert not WorkDay.objects.filter(placement=where, person=home.mina).exists()
    assert CanCover.objects.filter(person=home.nils).exists(), "nobody else's choices change"


def test_what_each_downloads(home: Home) -> None:
    lived(home)
    mine = parts.export_of(home.mina)["placements"]
    assert mine["places"][0]["employer"] == "Harbour Museum"
    assert len(mine["days"]) == 8
    theirs = parts.export_of(home.nils)["placements"]
    assert theirs["places"] == [] and theirs["can_cover"] == [{"title": "Front desk", "weekdays": [0]}]


def test_the_clock(home: Home) -> None:
    lived(home)
    later = NOW + timedelta(days=4000)
    for each in retention.clocks():
        if each.key.startswith("placements_"):
            each.run(later - timedelta(days=retention.days_of(each)), later)
    assert not WorkDay.objects.exists()
    assert Holding.objects.exists(), "who had a place from when to when goes with the person"
