"""Every page of the room, by those who may and those who may not, as a browser without scripts gets them."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from companionway.moderation import services
from companionway.moderation.models import Decision, Seat
from companionway.moderation.states import Outcome, State
from companionway.people.models import Person
from companionway.support.states import State as Walk
from tests.cast import enters
from tests.rooms.moderation.conftest import APPEAL, FACTS, Fair, fresh


class Door:
    """A browser that changes hands."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def get(self, person: Person, name: str, *parts: str) -> str:
        answer = enters(self.client, fresh(person)).get(reverse(f"moderation:{name}", args=parts))
        return answer.content.decode() if answer.status_code == 200 else str(answer.status_code)

    def post(self, person: Person, name: str, *parts: str, **typed: str) -> int:
        return (
            enters(self.client, fresh(person))
            .post(reverse(f"moderation:{name}", args=parts), typed)
            .status_code
        )


@pytest.fixture
def door(client: Client) -> Door:
    return Door(client)


def test_from_a_report_to_a_second_person(fair: Fair, door: Door) -> None:
    report, cora, dara = fair.report(), fair.cast.cora, fair.dara
    assert FACTS not in door.get(cora, "decide", report.public_id)
    typed = {"outcome": "exclusion", "reason": "money", "facts": FACTS, "answer": "Thank you."}
    assert door.post(cora, "decide", report.public_id, **typed) == 302
    made = Decision.objects.get()
    assert "not whoever wrote it" in door.get(cora, "decision", made.public_id)
    assert FACTS in door.get(dara, "decision", made.public_id)
    assert door.get(fair.cast.theo, "decision", made.public_id) == "404"
    assert door.get(fair.cast.theo, "statement", made.public_id) == "404", "it does not hold yet"
    assert door.post(dara, "agree", made.public_id) == 302
    made.refresh_from_db()
    assert made.state == State.STANDS
    assert FACTS in door.get(fair.cast.theo, "statement", made.public_id)
    assert door.get(fair.cast.mina, "statement", made.public_id) == "404"


def test_an_appeal_and_a_seat(fair: Fair, door: Door) -> None:
    made = fair.excluded()
    assert "Send my appeal" in door.get(fair.cast.theo, "appeal", made.public_id) or made.holds_at
    fair.appeals(made)
    seat = Seat.objects.earliest("pk")
    page = door.get(seat.person, "seat", seat.public_id)
    assert FACTS in page and APPEAL in page and "He asked." not in page and "Mina" not in page
    assert door.get(fair.cast.cora, "seat", seat.public_id) == "404"
    typed = {"finding": "changed", "words": "Too much.", "days": "2"}
    assert door.post(seat.person, "seat", seat.public_id, finding="changed") == 422
    assert door.post(seat.person, "seat", seat.public_id, **typed) == 302
    assert door.post(seat.person, "leave_seat", seat.public_id) == 302
    assert "Heard by" not in door.get(fair.cast.mina, "home")


def test_what_the_team_sees(fair: Fair, door: Door) -> None:
    fair.decide(outcome=Outcome.WORD, days=None)
    fair.report(reporter=fair.cast.ruth)
    cora, adil = fair.cast.cora, fair.cast.adil
    assert "Theo" in door.get(cora, "again") and door.get(adil, "again") == "404"
    assert "A private word" in door.get(adil, "log") and door.get(cora, "log") == "404"
    assert "money" in door.get(adil, "log_file") and "Theo" not in door.get(adil, "log_file")
    two = {"one": fair.cast.theo.public_id, "other": fair.cast.ruth.public_id}
    assert door.post(cora, "names", **two) == 302
    assert "Ruth" in door.get(cora, "names")
    assert door.post(cora, "names", one=two["one"], other=two["one"]) == 422
    assert door.get(fair.cast.mina, "names") == "404"


def test_home_says_what_is_missing_and_one_press_ends(fair: Fair, door: Door) -> None:
    fair.decide(outcome=Outcome.EXCLUSION, days=None)
    services.say_panel_yes(actor=fair.panel[0], is_yes=False, now=fair.walk.began_at)
    for person in (fair.cast.mina, fair.cast.theo, fair.cast.cora, fair.cast.adil, fair.panel[0]):
        assert "Decisions and appeals" in door.get(person, "home")
    walk = fair.walk
    assert "End this and block?" in door.get(fair.cast.theo, "end_and_block", walk.public_id)
    assert door.get(fair.cast.ruth, "end_and_block", walk.public_id) == "404"
    assert door.post(fair.cast.theo, "end_and_block", walk.public_id) == 302
    walk.refresh_from_db()
    assert walk.state == Walk.ENDED
    assert "It has ended" in door.get(fair.cast.theo, "end_and_block", walk.public_id)
    assert "Talk about it with somebody" not in door.get(fair.cast.mina, "end_and_block", walk.public_id)
