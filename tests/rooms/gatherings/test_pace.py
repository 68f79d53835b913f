"""How fast one seat may write, and be asked; and nothing typed is lost."""

from __future__ import annotations

from typing import Any

import pytest

from companionway.foundation import pace as counted
from companionway.foundation.policy import Refused
from companionway.gatherings import pace, services
from companionway.gatherings.models import Asking, Share
from tests.cast import NOW
from tests.rooms.gatherings.conftest import Evening
from tests.rooms.gatherings.test_views import ComeIn, at, seated

pytestmark = pytest.mark.usefixtures("at_that_time")


def test_an_eleventh_share_in_a_minute_waits_and_its_words_stay(come_in: ComeIn, voices: Evening) -> None:
    voices.open()
    mina, nia = seated(come_in, voices, voices.mina), seated(come_in, voices, voices.nia)
    for each in range(pace.SHARES.amount):
        mina.post(at(voices, "share/"), {"text": f"line {each}", "client_id": f"{each}"})
    page = mina.post(at(voices, "share/"), {"text": "the eleventh", "client_id": "x"}).content.decode()
    assert "That was a lot in one minute." in page and "the eleventh</textarea>" in page
    by_script = {"X-Requested-With": "fetch", "Accept": "application/json"}
    answer = mina.post(at(voices, "share/"), {"text": "the eleventh", "client_id": "x"}, headers=by_script)
    assert answer.status_code == 403 and "Your words are still here" in answer.json()["error"]
    again = mina.post(at(voices, "share/"), {"text": "line 3", "client_id": "3"}, headers=by_script)
    assert again.status_code == 200 and Share.objects.count() == pace.SHARES.amount
    assert nia.post(at(voices, "share/"), {"text": "mine"}).status_code == 302
    counted.forget_all()  # the minute is over; where Valkey counts it has a clock of its own
    assert mina.post(at(voices, "share/"), {"text": "later", "client_id": "x"}).status_code == 302


def test_taking_back_gives_no_more_room(voices: Evening) -> None:
    voices.open()
    ticket = voices.sit(voices.mina)
    for each in range(pace.SHARES.amount):
        made = voices.share(voices.mina, ticket, client_id=f"{each}")
        services.take_back(actor=voices.mina, meeting=voices.anew(), ticket=ticket, share=made, now=NOW)
    with pytest.raises(Refused, match="a lot in one minute"):
        voices.share(voices.mina, ticket, client_id="x")


def test_signs_have_a_pace_too(voices: Evening) -> None:
    voices.open()
    mina, nia = voices.sit(voices.mina), voices.sit(voices.nia)
    made = voices.share(voices.mina, mina)
    press: dict[str, Any] = {
        "actor": voices.nia,
        "meeting": voices.anew(),
        "ticket": nia,
        "share": made,
        "now": NOW,
    }
    for _ in range(pace.SIGNS.amount):
        services.be_with(**press)
    with pytest.raises(Refused, match="a lot in one minute"):
        services.be_with(**press)


def test_nobody_is_asked_again_and_again(voices: Evening) -> None:
    voices.open()
    ticket = voices.sit(voices.mina)
    seat = voices.seat(voices.mina, ticket)

    def ask() -> None:
        services.ask_all_right(actor=voices.theo, meeting=voices.anew(), seat=seat, now=NOW)

    for _ in range(pace.ASKINGS.amount):
        ask()
        ask()
        services.answer_asking(
            actor=voices.mina, meeting=voices.anew(), ticket=ticket, answer="fine", now=NOW
        )
    assert Asking.objects.count() == pace.ASKINGS.amount
    with pytest.raises(Refused, match="give them a little time"):
        ask()
