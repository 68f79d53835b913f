"""The page of being missed: one's own choice, and those one may ask after."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from companionway.reachout import services
from companionway.reachout.models import Missed, ReachWish
from companionway.reachout.services import Wish
from tests.cast import NOW
from tests.rooms.clubhouse.conftest import Asks, ComeIn, Home, keep_apart, text
from tests.rooms.reachout.conftest import DAY, wish

pytestmark = pytest.mark.usefixtures("_today")


def at(name: str, thing: Any, *more: str) -> str:
    return reverse(f"reachout:{name}", args=[thing.public_id, *more])


def test_being_missed(home: Home, come_in: ComeIn) -> None:
    mina = come_in(home.mina)
    given = {
        "days": "10",
        "way": "call",
        "named": [home.nils.public_id],
        "words": "Ring 960 111.",
        "unit": "",
    }
    assert "Please choose who may ask" in text(mina.post(at("mine", home.programme), {**given, "named": []}))
    mina.post(at("mine", home.programme), given)
    assert "Ring 960 111." in text(mina.get(at("mine", home.programme)))
    services.list_missed(actor=None, now=NOW + 10 * DAY)
    missed = Missed.objects.get()
    for who in (home.cora, home.olive, home.sam):
        answer = come_in(who).get(at("mine", home.programme))
        assert answer.status_code == 404 or "Mina" not in text(answer).split("<form")[0]
        assert come_in(who).post(at("take", missed)).status_code == 404
    nils = come_in(home.nils)
    assert "Ring 960 111." not in text(nils.get(at("mine", home.programme)))
    nils.post(at("take", missed))
    assert "Ring 960 111." in text(nils.get(at("mine", home.programme)))
    nils.post(at("answer", missed), {"result": "x"})
    nils.post(at("answer", missed), {"result": "reached"})
    mina = come_in(home.mina)
    assert "When somebody asked after you" in text(mina.get(at("mine", home.programme)))
    mina.post(at("sign", home.programme))
    mina.post(at("stop", home.programme))
    assert not ReachWish.objects.live().exists()


def test_whom_one_must_not_meet_cannot_be_named(home: Home, come_in: ComeIn) -> None:
    keep_apart(home.nils, home.mina)
    assert "Nils" not in text(come_in(home.mina).get(at("mine", home.programme)))


def test_strangers_get_what_is_not_there(home: Home, come_in: ComeIn) -> None:
    wish(home)
    services.list_missed(actor=None, now=NOW + 10 * DAY)
    for who in (home.sam, home.cast.ruth, home.cast.adil):
        stranger = come_in(who)
        assert stranger.get(at("mine", home.programme)).status_code == 404
        assert stranger.post(at("take", Missed.objects.get())).status_code == 404


def test_one_and_three_rows_ask_the_same(home: Home, come_in: ComeIn, asks: Asks) -> None:
    seen = []
    for people in ([home.nils], [home.olive, home.cora]):
        for who in people:
            chosen = Wish(days=5, way="letter", named=[home.mina])
            services.choose_reach(actor=who, programme=home.programme, wish=chosen, now=NOW)
            services.list_missed(actor=None, now=NOW + 9 * DAY)
        seen.append(asks(come_in(home.mina), at("mine", home.programme)))
    assert seen[0] == seen[1], seen
