"""Somebody must not meet somebody, since the middle of the evening: known only where seats know their persons."""

from __future__ import annotations

import pytest
from django.test import Client

from companionway.foundation.policy import Refused
from companionway.gatherings import services
from companionway.safety import services as safety
from tests.cast import NOW
from tests.rooms.gatherings.conftest import Evening
from tests.rooms.gatherings.test_views import ComeIn, at, seated

pytestmark = pytest.mark.usefixtures("at_that_time")
HIS, HERS = "The lantern by the lock.", "The swans on the weir."


def two(come_in: ComeIn, evening: Evening) -> tuple[Client, Client]:
    evening.open()
    mina, nia = seated(come_in, evening, evening.mina), seated(come_in, evening, evening.nia)
    mina.post(at(evening, "share/"), {"text": HIS})
    nia.post(at(evening, "share/"), {"text": HERS})
    return mina, nia


@pytest.mark.parametrize("path", ["room/", "now/", "now/?since=0"])
def test_from_the_next_look_on_neither_reads_the_other(come_in: ComeIn, charity: Evening, path: str) -> None:
    mina, nia = two(come_in, charity)
    theo = come_in(charity.theo)
    for each in (mina, nia):
        page = each.get(at(charity, path)).content.decode()
        assert HIS in page and HERS in page
    safety.block_person(actor=charity.nia, person=charity.mina, now=NOW)
    assert HERS not in (page := mina.get(at(charity, path)).content.decode()) and HIS in page
    assert HIS not in (page := nia.get(at(charity, path)).content.decode()) and HERS in page
    page = theo.get(at(charity, "hold/")).content.decode()
    assert HIS in page and HERS in page


def test_marks_name_no_hidden_words(come_in: ComeIn, charity: Evening) -> None:
    _mina, nia = two(come_in, charity)
    answer = nia.get(at(charity, "now/?since=99"))
    assert len(answer.context["room"].marks.split()) == 2
    safety.block_person(actor=charity.nia, person=charity.mina, now=NOW)
    answer = nia.get(at(charity, "now/?since=99"))
    (mark,) = answer.context["room"].marks.split()
    assert mark.endswith(":0:m")


def test_whoever_holds_it_asks_no_seat_of_somebody_they_must_not_meet(charity: Evening) -> None:
    charity.open()
    ticket = charity.sit(charity.mina)
    safety.block_person(actor=charity.mina, person=charity.theo, now=NOW)
    seat = charity.seat(charity.mina, ticket)
    with pytest.raises(Refused, match="with you can"):
        services.ask_all_right(actor=charity.theo, meeting=charity.anew(), seat=seat, now=NOW)
    services.ask_all_right(actor=charity.ruth, meeting=charity.anew(), seat=seat, now=NOW)


def test_where_seats_know_nobody_it_cannot_be_known_and_the_door_says_so(
    come_in: ComeIn, voices: Evening
) -> None:
    door = come_in(voices.mina).get(at(voices)).content.decode()
    assert "a block cannot be seen here" in door
    mina, nia = two(come_in, voices)
    safety.block_person(actor=voices.nia, person=voices.mina, now=NOW)
    assert HERS in mina.get(at(voices, "room/")).content.decode()
    assert HIS in nia.get(at(voices, "room/")).content.decode()


def test_where_it_is_known_the_door_says_what_a_block_does(come_in: ComeIn, charity: Evening) -> None:
    door = come_in(charity.mina).get(at(charity)).content.decode()
    assert "you no longer read each other" in door and "cannot be seen here" not in door
