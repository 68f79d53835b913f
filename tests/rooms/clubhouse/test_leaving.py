"""Leaving for a time or for good; downloading, keeping, reporting."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from companionway.clubhouse import services
from companionway.clubhouse.models import AgendaItem, Hand, Here, HouseDecision, InUnit, Task
from companionway.foundation import parts, retention
from companionway.people import services as people
from companionway.people.models import RoleHeld
from companionway.safety import queries as safety
from tests.cast import NOW
from tests.rooms.clubhouse.conftest import TODAY, Home, meeting, task, tell

ITEM = "Could lunch be later?"


def lived(home: Home) -> None:
    """Mina takes part in everything."""
    row = task(home, hands=2)
    services.take_task(actor=home.mina, task=row, now=NOW)
    services.say_here(actor=home.mina, programme=home.programme, now=NOW)
    services.choose_unit(actor=home.mina, unit=home.kitchen, is_mine=True, now=NOW)
    sits = meeting(home)
    services.add_item(actor=home.mina, meeting=sits, words=ITEM, now=NOW)
    services.write_decision(actor=home.mina, meeting=sits, words="Lunch at one.", how="vote", now=NOW)


def test_what_goes_and_what_stays_the_houses(home: Home) -> None:
    lived(home)
    people.delete_everything(actor=home.mina, now=NOW)
    tell()
    for model in (Hand, Here, InUnit, AgendaItem):
        assert not model._default_manager.filter(**_of(model, home.mina)).exists(), model
    assert HouseDecision.objects.get().written_by is None, "the house's own book stays, without her name"
    assert Task.objects.get().begun_by is None


def _of(model: Any, person: Any) -> dict[str, Any]:
    return {"author": person} if model is AgendaItem else {"person": person}


def test_whoever_lays_the_role_down_leaves_nothing_without_anybody(home: Home) -> None:
    lived(home)
    held = RoleHeld.objects.get(person=home.mina, programme=home.programme)
    people.end_role(actor=home.mina, held=held, now=NOW)
    tell()
    assert not Hand.objects.filter(person=home.mina, until_at=None).exists()
    assert not InUnit.objects.exists()
    assert Here.objects.filter(person=home.mina).exists(), "her own history stays hers"


def test_a_role_laid_down_beside_another_changes_nothing(home: Home) -> None:
    lived(home)
    RoleHeld.objects.create(person=home.mina, role="supporter", programme=home.programme, since_at=NOW)
    held = RoleHeld.objects.get(person=home.mina, programme=home.programme, role="member")
    people.end_role(actor=home.mina, held=held, now=NOW)
    tell()
    assert Hand.objects.filter(person=home.mina, until_at=None).exists()
    assert InUnit.objects.exists()


def test_what_each_downloads(home: Home) -> None:
    lived(home)
    mine = parts.export_of(home.mina)["house"]
    assert mine["days_here"] == [TODAY.isoformat()]
    assert mine["tasks"][0]["what"] == "Peel potatoes"
    assert mine["put_on_the_agenda"][0]["words"] == ITEM
    for stranger in (home.cora, home.nils, home.sam):
        assert ITEM not in json.dumps(parts.export_of(stranger)["house"])


def test_clocks(home: Home) -> None:
    lived(home)
    later = NOW + timedelta(days=4000)
    for each in retention.clocks():
        if each.key.startswith("clubhouse_"):
            each.run(later - timedelta(days=retention.days_of(each)), later)
    assert not Task.objects.exists() and not Here.objects.exists()
    assert HouseDecision.objects.exists(), "what the house decided stays"


def test_what_can_be_reported(home: Home) -> None:
    item = services.add_item(actor=home.mina, meeting=meeting(home), words=ITEM, now=NOW)
    row = task(home, title="Wash the blue cups")
    for subject in (f"agenda_item:{item.public_id}", f"house_task:{row.public_id}"):
        for who in (home.nils, home.cora):
            thing = safety.reportable(who, subject)
            assert thing is not None and thing.about == home.mina
        assert safety.reportable(home.sam, subject) is None
        assert safety.reportable(home.mina, subject) is None
