"""The pages of a record: for the two, and for nobody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from companionway.jointrecords import services
from companionway.jointrecords.models import JointRecord
from companionway.people.models import Person, RoleHeld
from tests.cast import NOW
from tests.rooms.clubhouse.conftest import Asks, ComeIn, Home, keep_apart, text
from tests.rooms.jointrecords.conftest import draft, signed

pytestmark = pytest.mark.usefixtures("_today")


def at(name: str, thing: Any, *more: str) -> str:
    return reverse(f"jointrecords:{name}", args=[thing.public_id, *more])


def test_a_record_of_two(home: Home, come_in: ComeIn) -> None:
    mina = come_in(home.mina)
    given = {"other": home.theo.public_id, "about": "me", "kind": "goal"}
    mina.post(at("list", home.programme), given)
    row = JointRecord.objects.get()
    theo = come_in(home.theo)
    theo.post(at("yes", row))
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
    assert JointRecord.objects.get().is_signed
    theo.post(at("set_aside", row))
    assert JointRecord.objects.count() == 1
    for stranger in (home.cora, home.nils, home.sam):
        assert come_in(stranger).get(at("record", row)).status_code == 404


def test_the_other_opens_it_first(home: Home, come_in: ComeIn, monkeypatch: pytest.MonkeyPatch) -> None:
    row = signed(home)
    monkeypatch.setattr(timezone, "now", lambda: NOW + timedelta(hours=3))
    theo = come_in(home.theo)
    assert "learn to bake" not in text(theo.get(at("record", row)))
    theo.post(at("open", row))
    assert "learn to bake" in text(theo.get(at("record", row)))


def test_whoever_left_still_reads_what_is_theirs(home: Home, come_in: ComeIn) -> None:
    row = signed(home)
    RoleHeld.objects.filter(person=home.mina, programme=home.programme).update(until_at=NOW)
    mina = come_in(Person.objects.get(pk=home.mina.pk))
    assert "Theo" in text(mina.get(at("list", home.programme)))
    assert "learn to bake" in text(mina.get(at("record", row)))


def test_somebody_asked_is_not_whom_one_must_not_meet(home: Home, come_in: ComeIn) -> None:
    keep_apart(home.nils, home.mina)
    shown = text(come_in(home.mina).get(at("list", home.programme)))
    assert "Olive" in shown and "Nils" not in shown


def test_strangers_get_what_is_not_there(home: Home, come_in: ComeIn) -> None:
    pages = [at("list", home.programme), at("record", draft(home))]
    for who in (home.sam, home.cast.ruth, home.cast.adil):
        stranger = come_in(who)
        assert [stranger.get(page).status_code for page in pages] == [404, 404]


def test_titles_say_nothing_of_anybody(home: Home, come_in: ComeIn) -> None:
    title = text(come_in(home.mina).get(at("record", draft(home)))).partition("</title>")[0]
    assert not any(word in title for word in ("Quay House", "Theo", "Mina", "A goal"))


def test_one_and_three_rows_ask_the_same(home: Home, come_in: ComeIn, asks: Asks) -> None:
    seen = []
    for kinds in (["goal"], ["talk", "work"]):
        for kind in kinds:
            services.ask_for_record(
                actor=home.theo, programme=home.programme, member=home.mina, other=home.theo, kind=kind, now=NOW
            )  # fmt: skip
        seen.append(asks(come_in(home.mina), at("list", home.programme)))
    assert seen[0] == seen[1], seen
