"""Leaving for a time or for good; downloading, keeping, reporting."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from companionway.clubhouse import services
from companionway.clubhouse.models import (
    AgendaItem,
    CanCover,
    Hand,
    Here,
    Holding,
    HouseDecision,
    HouseRecord,
    Interest,
    InUnit,
    Missed,
    ReachBy,
    ReachWish,
    RecordVersion,
    Task,
    WorkDay,
)
from companionway.clubhouse.services import Wish
from companionway.foundation import parts, retention
from companionway.people import services as people
from companionway.people.models import RoleHeld
from companionway.safety import queries as safety
from tests.cast import NOW
from tests.rooms.clubhouse.conftest import TODAY, Home, draft, meeting, signed, task, tell, working

ITEM, PHONE = "Could lunch be later?", "Ring 01632 960 111."


def lived(home: Home) -> Any:
    """Mina takes part in everything; Nils has the front desk."""
    row = task(home, hands=2)
    services.take_task(actor=home.mina, task=row, now=NOW)
    services.say_here(actor=home.mina, programme=home.programme, now=NOW)
    services.choose_unit(actor=home.mina, unit=home.kitchen, is_mine=True, now=NOW)
    where = working(home, home.mina)
    services.offer_cover(actor=home.nils, placement=where, weekdays=[0], now=NOW)
    sits = meeting_now(home)
    services.add_item(actor=home.mina, meeting=sits, words=ITEM, now=NOW)
    services.write_decision(actor=home.mina, meeting=sits, words="Lunch at one.", how="vote", now=NOW)
    wish = Wish(days=5, way="call", named=[home.nils], words=PHONE)
    services.choose_reach(actor=home.mina, programme=home.programme, wish=wish, now=NOW)
    named = Wish(days=5, way="call", named=[home.mina])
    services.choose_reach(actor=home.nils, programme=home.programme, wish=named, now=NOW)
    return where


def meeting_now(home: Home) -> Any:
    return HouseDecision.objects.earliest("pk").meeting if HouseDecision.objects.exists() else meeting(home)


@pytest.mark.parametrize("who", ["mina", "theo"])
def test_one_of_the_two_deletes_everything(home: Home, who: str) -> None:
    signed(home)
    draft(home)
    people.delete_everything(actor=getattr(home, who), now=NOW)
    assert not HouseRecord.objects.exists() and not RecordVersion.objects.exists()


def test_what_goes_and_what_stays_the_houses(home: Home) -> None:
    where = lived(home)
    people.delete_everything(actor=home.mina, now=NOW)
    tell()
    for model in (Hand, Here, InUnit, Interest, Holding, AgendaItem):
        assert not model._default_manager.filter(**_of(model, home.mina)).exists(), model
    assert not ReachWish.objects.filter(person=home.mina).exists()
    assert not ReachBy.objects.exists()
    assert HouseDecision.objects.count() == 2, "the house's own book stays"
    assert not HouseDecision.objects.filter(written_by=home.mina).exists()
    assert Task.objects.get().begun_by is None
    days = WorkDay.objects.filter(placement=where)
    assert days.count() == 8 and not days.filter(asked_at=None).exists(), "each day is asked of others"


def _of(model: Any, person: Any) -> dict[str, Any]:
    return {"author": person} if model is AgendaItem else {"person": person}


def test_whoever_lays_the_role_down_leaves_nothing_without_anybody(home: Home) -> None:
    where = lived(home)
    held = RoleHeld.objects.get(person=home.mina, programme=home.programme)
    people.end_role(actor=home.mina, held=held, now=NOW)
    tell()
    assert not Hand.objects.filter(person=home.mina, until_at=None).exists()
    assert Holding.objects.get(person=home.mina).ended_on is not None
    assert not WorkDay.objects.filter(placement=where, person=home.mina).exists()
    assert not ReachWish.objects.live().filter(person=home.mina).exists()
    assert not InUnit.objects.exists()
    assert Here.objects.filter(person=home.mina).exists(), "her own history stays hers"
    assert CanCover.objects.filter(person=home.nils).exists(), "nobody else's choices change"


def test_a_role_laid_down_beside_another_changes_nothing(home: Home) -> None:
    lived(home)
    RoleHeld.objects.create(person=home.mina, role="supporter", programme=home.programme, since_at=NOW)
    held = RoleHeld.objects.get(person=home.mina, programme=home.programme, role="member")
    people.end_role(actor=home.mina, held=held, now=NOW)
    tell()
    assert Hand.objects.filter(person=home.mina, until_at=None).exists()
    assert ReachWish.objects.live().filter(person=home.mina).exists()


def test_what_each_downloads(home: Home) -> None:
    lived(home)
    signed(home)
    mine = parts.export_of(home.mina)["house"]
    assert mine["days_here"] == [TODAY.isoformat()]
    assert mine["tasks"][0]["what"] == "Peel potatoes"
    assert mine["put_on_the_agenda"][0]["words"] == ITEM
    assert mine["records_about_me"][0]["versions"][0]["words"] == "I would like to learn to bake."
    assert [each["by"] for each in mine["records_about_me"][0]["opened_by"]] == ["Theo"]
    assert mine["being_asked_after"][0]["words"] == PHONE
    assert mine["work"]["places"][0]["employer"] == "Harbour Museum"
    for stranger in (home.cora, home.nils, home.sam):
        theirs = json.dumps(parts.export_of(stranger)["house"])
        for words in (ITEM, PHONE, "learn to bake"):
            assert words not in theirs
    assert parts.export_of(home.theo)["house"]["records_i_wrote_with_others"][0]["with"] == "Mina"


def test_of_a_record_of_another_one_takes_along_ones_own_words(home: Home) -> None:
    record = draft(home)
    services.write_record(actor=home.mina, record=record, words="Hers alone.", after=1, now=NOW)
    theirs = parts.export_of(home.theo)["house"]["records_i_wrote_with_others"][0]["versions"]
    assert [each["words"] for each in theirs] == ["I would like to learn to bake."]


def test_clocks(home: Home) -> None:
    where = lived(home)
    services.stop_reach(actor=home.mina, programme=home.programme, now=NOW)
    record = signed(home)
    later = NOW + timedelta(days=4000)
    for each in retention.clocks():
        if each.key.startswith("clubhouse_"):
            each.run(later - timedelta(days=retention.days_of(each)), later)
    assert not Task.objects.exists() and not Here.objects.exists()
    assert not WorkDay.objects.filter(placement=where).exists()
    assert not ReachWish.objects.filter(person=home.mina).exists()
    assert ReachWish.objects.filter(person=home.nils).exists(), "what somebody wishes still has no end"
    assert HouseRecord.objects.get() == record, "what both signed stays"


def test_what_can_be_reported(home: Home) -> None:
    sits = meeting(home)
    item = services.add_item(actor=home.mina, meeting=sits, words=ITEM, now=NOW)
    row, record = task(home, title="Wash the blue cups"), draft(home)
    for subject, about, readers in (
        (f"agenda_item:{item.public_id}", home.mina, (home.nils, home.cora)),
        (f"house_task:{row.public_id}", home.mina, (home.nils, home.cora)),
        (f"house_record:{record.public_id}", home.theo, (home.mina,)),
    ):
        for who in readers:
            thing = safety.reportable(who, subject)
            assert thing is not None and thing.about == about
        assert safety.reportable(home.sam, subject) is None
        assert safety.reportable(about, subject) is None
    assert safety.reportable(home.cora, f"house_record:{record.public_id}") is None
    assert Missed.objects.count() == 0
