"""Pages about one person (records, being missed) and about work: only for those whom they concern."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from companionway.clubhouse import services
from companionway.clubhouse.models import (
    Holding,
    HouseDecision,
    HouseMeeting,
    HouseRecord,
    Missed,
    Placement,
    ReachWish,
    WorkDay,
)
from companionway.people.models import Person, RoleHeld
from tests.cast import NOW
from tests.rooms.clubhouse.conftest import (
    MONDAY,
    TODAY,
    Home,
    keep_apart,
    meeting,
    signed,
)

ComeIn = Callable[[Person], Client]
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The doors read the clock: it stands at NOW."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    yield


def text(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return " ".join(answer.content.decode().split())


def at(name: str, thing: Any, *more: str) -> str:
    return reverse(f"clubhouse:{name}", args=[thing.public_id, *more])


def test_a_record_of_two(home: Home, come_in: ComeIn) -> None:
    mina = come_in(home.mina)
    given = {"other": home.theo.public_id, "about": "me", "kind": "goal"}
    mina.post(at("records", home.programme), given)
    row = HouseRecord.objects.get()
    theo = come_in(home.theo)
    theo.post(at("record_yes", row))
    theo.post(at("record", row), {"words": "She would like to bake.", "after": "0"})
    mina = come_in(home.mina)
    shown = text(mina.get(at("record", row)))
    assert "She would like to bake." in shown and "Who opened it" in shown and "Theo" in shown
    behind = text(mina.post(at("record", row), {"words": "I bake.", "after": "0"}))
    assert "wrote meanwhile" in behind and "I bake." in behind and 'name="after" value="1"' in behind
    mina.post(at("sign", row), {"version": "x"})
    mina.post(at("sign", row), {"version": "1"})
    theo = come_in(home.theo)
    theo.post(at("sign", row), {"version": "1"})
    assert HouseRecord.objects.get().is_signed
    theo.post(at("set_aside", row))
    assert HouseRecord.objects.count() == 1
    for stranger in (home.cora, home.nils, home.sam):
        assert come_in(stranger).get(at("record", row)).status_code == 404


def test_the_other_opens_it_first(home: Home, come_in: ComeIn, monkeypatch: pytest.MonkeyPatch) -> None:
    row = signed(home)
    monkeypatch.setattr(timezone, "now", lambda: NOW + timedelta(hours=3))
    theo = come_in(home.theo)
    assert "learn to bake" not in text(theo.get(at("record", row)))
    theo.post(at("open_record", row))
    assert "learn to bake" in text(theo.get(at("record", row)))


def test_whoever_left_still_reads_what_is_theirs(home: Home, come_in: ComeIn) -> None:
    row = signed(home)
    RoleHeld.objects.filter(person=home.mina, programme=home.programme).update(until_at=NOW)
    mina = come_in(Person.objects.get(pk=home.mina.pk))
    assert "Theo" in text(mina.get(at("records", home.programme)))
    assert "learn to bake" in text(mina.get(at("record", row)))


def test_somebody_asked_is_not_whom_one_must_not_meet(home: Home, come_in: ComeIn) -> None:
    keep_apart(home.nils, home.mina)
    shown = text(come_in(home.mina).get(at("records", home.programme)))
    assert "Olive" in shown and "Nils" not in shown
    assert "Nils" not in text(come_in(home.mina).get(at("reach", home.programme)))


def test_being_missed(home: Home, come_in: ComeIn) -> None:
    mina = come_in(home.mina)
    given = {
        "days": "10",
        "way": "call",
        "named": [home.nils.public_id],
        "words": "Ring 960 111.",
        "unit": "",
    }
    assert "Please choose who may ask" in text(mina.post(at("reach", home.programme), {**given, "named": []}))
    mina.post(at("reach", home.programme), given)
    assert "Ring 960 111." in text(mina.get(at("reach", home.programme)))
    services.list_missed(actor=None, now=NOW + 10 * DAY)
    missed = Missed.objects.get()
    for who in (home.cora, home.olive, home.sam):
        answer = come_in(who).get(at("reach", home.programme))
        assert answer.status_code == 404 or "Mina" not in text(answer).split("<form")[0]
        assert come_in(who).post(at("take_missed", missed)).status_code == 404
    nils = come_in(home.nils)
    assert "Ring 960 111." not in text(nils.get(at("reach", home.programme)))
    nils.post(at("take_missed", missed))
    assert "Ring 960 111." in text(nils.get(at("reach", home.programme)))
    nils.post(at("answer_missed", missed), {"result": "x"})
    nils.post(at("answer_missed", missed), {"result": "reached"})
    mina = come_in(home.mina)
    assert "When somebody asked after you" in text(mina.get(at("reach", home.programme)))
    mina.post(at("give_sign", home.programme))
    mina.post(at("stop_reach", home.programme))
    assert not ReachWish.objects.live().exists()


JOB = {
    "kind": "transitional", "title": "Front desk", "employer": "Harbour Museum", "place": "Quay 3", "about": "",
    "weekdays": ["0", "1"], "begins": "09:00", "ends": "13:00", "hours_a_week": "8", "wage": "12.50",
    "prevailing_wage": "12.50", "currency": "GBP", "longest_days": "180",
}  # fmt: skip


def test_work(home: Home, come_in: ComeIn) -> None:
    olive = come_in(home.olive)
    shown = text(olive.post(at("new_place", home.programme), {**JOB, "wage": "9"}))
    assert "at least what is usually paid" in shown and "Harbour Museum" in shown
    olive.post(at("new_place", home.programme), JOB)
    where = Placement.objects.get()
    come_in(home.nils).post(at("interest", where), {"interest": "yes"})
    meeting(home)
    mina = come_in(home.mina)
    mina.post(at("choose", where), {"person": home.nils.public_id, "decision": "x"})
    assert not Holding.objects.exists()
    sits = HouseMeeting.objects.get()
    mina.post(at("decide", sits), {"words": "Nils goes next.", "how": "consensus"})
    decision = HouseDecision.objects.get().public_id
    mina.post(at("choose", where), {"person": home.nils.public_id, "decision": decision})
    nils = come_in(home.nils)
    assert "benefits" in text(nils.get(at("place", where)))
    assert "benefits first" in text(nils.post(at("begin_work", where), {"from_on": TODAY.isoformat()}))
    nils.post(at("begin_work", where), {"from_on": TODAY.isoformat(), "knows_benefits": "on"})
    assert "You go." in text(nils.get(at("work", home.programme)))
    row = WorkDay.objects.get(placement=where, day=MONDAY)
    come_in(home.olive).post(at("offer_cover", where), {"weekdays": ["0"]})
    come_in(home.nils).post(at("cannot_come", row))
    olive = come_in(home.olive)
    assert "Who can go?" in text(olive.get(at("work", home.programme)))
    olive.post(at("cover_day", row))
    assert WorkDay.objects.get(pk=row.pk).person_id == home.olive.pk
    assert come_in(home.mina).post(at("cover_day", row)).status_code == 404
    come_in(home.nils).post(at("end_work", where))
    come_in(home.mina).post(at("close_place", where))
    assert "Front desk" not in text(come_in(home.mina).get(at("work", home.programme)))
