"""Leaving for a time or for good; downloading, keeping."""

from __future__ import annotations

import json
from datetime import timedelta

from companionway.clubhouse import services as house
from companionway.foundation import parts, retention
from companionway.people import services as people
from companionway.people.models import RoleHeld
from companionway.reachout import services, tasks
from companionway.reachout.models import Missed, ReachBy, ReachWish
from companionway.reachout.services import Wish
from tests.cast import NOW
from tests.rooms.clubhouse.conftest import Home, tell
from tests.rooms.reachout.conftest import DAY, WORDS, listed, wish


def lived(home: Home) -> None:
    """Mina and Nils named each other."""
    wish(home)
    named = Wish(days=5, way="call", named=[home.mina])
    services.choose_reach(actor=home.nils, programme=home.programme, wish=named, now=NOW)


def test_who_deletes_everything_is_not_asked_after(home: Home) -> None:
    lived(home)
    tasks.list_missed(NOW + 5 * DAY)
    services.take_missed(actor=home.mina, missed=Missed.objects.get(), now=NOW + 5 * DAY)
    people.delete_everything(actor=home.mina, now=NOW + 5 * DAY)
    tell()
    assert not ReachWish.objects.filter(person=home.mina).exists()
    assert not ReachBy.objects.exists()
    assert Missed.objects.get().taken_by is None, "Nils is missed still, and somebody else may ask"


def test_whoever_lays_the_role_down_is_not_asked_after(home: Home) -> None:
    lived(home)
    held = RoleHeld.objects.get(person=home.mina, programme=home.programme)
    people.end_role(actor=home.mina, held=held, now=NOW)
    tell()
    assert not ReachWish.objects.live().filter(person=home.mina).exists()
    assert not ReachBy.objects.filter(person=home.mina).exists()
    assert ReachWish.objects.live().filter(person=home.nils).exists()


def test_a_role_laid_down_beside_another_changes_nothing(home: Home) -> None:
    lived(home)
    RoleHeld.objects.create(person=home.mina, role="supporter", programme=home.programme, since_at=NOW)
    held = RoleHeld.objects.get(person=home.mina, programme=home.programme, role="member")
    people.end_role(actor=home.mina, held=held, now=NOW)
    tell()
    assert ReachWish.objects.live().filter(person=home.mina).exists()


def test_whoever_comes_back_is_missed_no_more(home: Home) -> None:
    wish(home)
    tasks.list_missed(NOW + 10 * DAY)
    assert listed(home, home.nils) == ["Mina"]
    house.come_back(actor=home.mina, programme=home.programme, now=NOW + 11 * DAY)
    assert listed(home, home.nils) == []
    assert tasks.list_missed(NOW + 20 * DAY) == 0


def test_what_each_downloads(home: Home) -> None:
    lived(home)
    assert parts.export_of(home.mina)["reach_out"][0]["words"] == WORDS
    for other in (home.cora, home.nils, home.sam):
        assert WORDS not in json.dumps(parts.export_of(other)["reach_out"])


def test_the_clock(home: Home) -> None:
    lived(home)
    services.stop_reach(actor=home.mina, programme=home.programme, now=NOW)
    later = NOW + timedelta(days=4000)
    for each in retention.clocks():
        if each.key.startswith("reachout_"):
            each.run(later - timedelta(days=retention.days_of(each)), later)
    assert not ReachWish.objects.filter(person=home.mina).exists()
    assert ReachWish.objects.filter(person=home.nils).exists(), "what somebody wishes still has no end"
