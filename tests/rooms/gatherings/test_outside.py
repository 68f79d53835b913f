"""Something left the room: those who hold it read it, nobody learns who said it, and the group decides."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from companionway.foundation.models import Record
from companionway.foundation.policy import Refused
from companionway.gatherings import pace, services
from companionway.gatherings.models import Outside
from tests.cast import NOW
from tests.rooms.gatherings.conftest import Evening
from tests.rooms.gatherings.every_table import photograph, ties
from tests.rooms.gatherings.test_schema import people_of
from tests.rooms.gatherings.test_views import ComeIn, at

pytestmark = pytest.mark.usefixtures("at_that_time")
FOUND = "A picture of our words hung in the canteen."


def test_those_who_hold_it_read_it_and_bring_it_to_the_group(come_in: ComeIn, charity: Evening) -> None:
    mina, theo = come_in(charity.mina), come_in(charity.theo)
    empty = mina.post(at(charity, "outside/"), {"words": " "}).content.decode()
    assert "Please write something here." in empty and not Outside.objects.exists()
    done = mina.post(at(charity, "outside/"), {"words": FOUND})
    assert "They do not know who said it." in mina.get(done["Location"]).content.decode()
    assert FOUND not in mina.get(at(charity, "outside/")).content.decode()
    assert "found something of these meetings outside" in theo.get(at(charity, "hold/")).content.decode()
    page = theo.get(at(charity, "after/")).content.decode()
    assert FOUND in page and "Mina" not in page
    found = Outside.objects.get()
    assert b"canteen" not in bytes(found.sealed or b"")
    assert mina.post(at(charity, f"outside/{found.public_id}/")).status_code == 404
    theo.post(at(charity, f"outside/{found.public_id}/"))
    assert FOUND not in theo.get(at(charity, "after/")).content.decode()
    assert "meetings outside" not in theo.get(at(charity, "hold/")).content.decode()


def test_where_no_notes_are_kept_only_that_it_was_said(come_in: ComeIn, voices: Evening) -> None:
    mina = come_in(voices.mina)
    assert 'name="words"' not in mina.get(at(voices, "outside/")).content.decode()
    mina.post(at(voices, "outside/"), {"words": FOUND})
    assert Outside.objects.get().sealed is None
    assert "No words are kept here" in come_in(voices.theo).get(at(voices, "after/")).content.decode()
    with pytest.raises((DatabaseError, IntegrityError), match="no notes are kept"), transaction.atomic():
        Outside.objects.update(sealed=b"x")


def test_nobody_learns_who_said_it(charity: Evening, voices: Evening) -> None:
    for evening in (charity, voices):
        before = photograph()
        services.say_outside(actor=evening.mina, meeting=evening.anew(), words=FOUND, now=NOW)
        assert Record.objects.filter(name="gatherings.found_outside").latest("pk").actor_id is None
        assert ties(before, photograph(), people_of(evening), evening) == []


def test_a_stranger_says_nothing_and_nobody_says_it_all_day(come_in: ComeIn, charity: Evening) -> None:
    assert come_in(charity.sam).post(at(charity, "outside/"), {"words": FOUND}).status_code == 404
    with pytest.raises(Refused):
        services.say_outside(actor=charity.sam, meeting=charity.anew(), words=FOUND, now=NOW)
    mina = come_in(charity.mina)
    for _ in range(pace.OUTSIDE.amount):
        mina.post(at(charity, "outside/"), {"words": FOUND})
    again = mina.post(at(charity, "outside/"), {"words": "once more"}).content.decode()
    assert "You said this a few times today" in again and "once more</textarea>" in again
