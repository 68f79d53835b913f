"""The pages about work: open to whoever belongs, and days only for those whom they concern."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from companionway.clubhouse.models import HouseDecision, HouseMeeting
from companionway.placements.models import Holding, Placement, WorkDay
from tests.rooms.clubhouse.conftest import MONDAY, TODAY, Asks, ComeIn, Home, meeting, text
from tests.rooms.placements.conftest import place, working

JOB = {
    "kind": "transitional", "title": "Front desk", "employer": "Harbour Museum", "place": "Quay 3", "about": "",
    "weekdays": ["0", "1"], "begins": "09:00", "ends": "13:00", "hours_a_week": "8", "wage": "12.50",
    "prevailing_wage": "12.50", "currency": "GBP", "longest_days": "180",
}  # fmt: skip

pytestmark = pytest.mark.usefixtures("_today")


def at(name: str, thing: Any, *more: str) -> str:
    return reverse(f"placements:{name}", args=[thing.public_id, *more])


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
    mina.post(
        reverse("clubhouse:decide", args=[sits.public_id]),
        {"decision-words": "Nils goes next.", "decision-how": "consensus"},
    )
    decision = HouseDecision.objects.get().public_id
    mina.post(at("choose", where), {"person": home.nils.public_id, "decision": decision})
    nils = come_in(home.nils)
    assert "benefits" in text(nils.get(at("place", where)))
    assert "benefits first" in text(nils.post(at("begin_work", where), {"from_on": TODAY.isoformat()}))
    nils.post(at("begin_work", where), {"from_on": TODAY.isoformat(), "knows_benefits": "on"})
    assert "You go." in text(nils.get(at("list", home.programme)))
    row = WorkDay.objects.get(placement=where, day=MONDAY)
    come_in(home.olive).post(at("offer_cover", where), {"weekdays": ["0"]})
    come_in(home.nils).post(at("cannot_come", row))
    olive = come_in(home.olive)
    assert "Who can go?" in text(olive.get(at("list", home.programme)))
    olive.post(at("cover_day", row))
    assert WorkDay.objects.get(pk=row.pk).person_id == home.olive.pk
    assert come_in(home.mina).post(at("cover_day", row)).status_code == 404
    come_in(home.nils).post(at("end_work", where))
    come_in(home.mina).post(at("close_place", where))
    assert "Front desk" not in text(come_in(home.mina).get(at("list", home.programme)))


def test_strangers_get_what_is_not_there(home: Home, come_in: ComeIn) -> None:
    pages = [at("list", home.programme), at("new_place", home.programme), at("place", working(home))]
    for who in (home.sam, home.cast.ruth, home.cast.adil):
        stranger = come_in(who)
        assert [stranger.get(page).status_code for page in pages] == [404] * len(pages)


def test_one_and_three_rows_ask_the_same(home: Home, come_in: ComeIn, asks: Asks) -> None:
    seen = []
    for titles in (["Desk"], ["Post", "Garden"]):
        for title in titles:
            place(home, title=title)
        seen.append(asks(come_in(home.mina), at("list", home.programme)))
    assert seen[0] == seen[1], seen
