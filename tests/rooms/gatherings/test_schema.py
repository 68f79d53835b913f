"""After a whole evening no row anywhere says who was there: by the services and by the pages, all tables walked."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from companionway.foundation import events
from companionway.foundation.models import Record
from companionway.gatherings import moving, services
from companionway.gatherings.models import Seat, Share
from companionway.meetings.models import Meeting
from companionway.people.models import Person
from companionway.people.roles import COORDINATOR
from tests.cast import NOW, Cast, give
from tests.rooms.gatherings.conftest import CHARITY, HEAVY, TWELVE, VOICES, WORDS, Evening, make_evening
from tests.rooms.gatherings.every_table import came_or_changed, photograph, ties

ComeIn = Callable[[Person], Client]


def evening_in(tradition: str, cast: Cast | None = None) -> Evening:
    """With somebody who arranges meetings, and so would hear a wish for company."""
    evening = make_evening(tradition, cast)
    give(evening.cast.cora, COORDINATOR, evening.programme)
    return evening


def people_of(evening: Evening) -> list[Person]:
    return [evening.theo, evening.ruth, evening.mina, evening.nia]


def by_services(evening: Evening, *, until_close: bool = True) -> None:
    meeting = evening.open()
    mina, nia = evening.sit(evening.mina, "Wren", new=True), evening.sit(evening.nia, quiet=True)
    theo = evening.sit(evening.theo, "T")
    share = evening.share(evening.mina, mina)
    services.be_with(actor=evening.nia, meeting=evening.anew(), ticket=nia, share=share, now=NOW)
    services.flag_share(actor=evening.nia, meeting=evening.anew(), ticket=nia, share=share, now=NOW)
    for each, ticket in ((evening.nia, nia), (evening.mina, mina)):
        seat = evening.seat(each, ticket)
        services.ask_all_right(actor=evening.theo, meeting=evening.anew(), seat=seat, now=NOW)
    services.answer_asking(actor=evening.nia, meeting=evening.anew(), ticket=nia, answer="call", now=NOW)
    services.answer_asking(actor=evening.mina, meeting=evening.anew(), ticket=mina, answer="company", now=NOW)
    services.mute_seat(
        actor=evening.ruth, meeting=evening.anew(), seat=evening.seat(evening.mina, mina), reason="x", now=NOW
    )
    evening.to_part("round")
    services.pass_turn(actor=evening.theo, meeting=evening.anew(), ticket=theo, now=NOW)
    services.pause(actor=evening.ruth, meeting=evening.anew(), reason="x", now=NOW)
    services.go_on(actor=evening.ruth, meeting=evening.anew(), now=NOW)
    services.leave_seat(actor=evening.nia, meeting=evening.anew(), ticket=nia, now=NOW)
    if evening.programme.keeps_head_counts:
        services.decide_counting(actor=evening.theo, meeting=evening.anew(), is_agreed=True, now=NOW)
        services.check_in(actor=None, meeting=evening.anew(), name="W", client_id="a", came_at=NOW, now=NOW)
        services.count_by_hand(actor=evening.ruth, meeting=evening.anew(), count=4, now=NOW)
    if until_close:
        services.close_meeting(actor=evening.theo, meeting=meeting, now=NOW)
        services.wish_company(actor=evening.ruth, meeting=evening.anew(), now=NOW)
    while events.deliver():
        pass


@pytest.mark.parametrize("tradition", [TWELVE, VOICES])
@pytest.mark.parametrize("until_close", [True, False])
def test_nothing_ties_a_person_to_the_evening(db: None, tradition: str, until_close: bool) -> None:
    evening = evening_in(tradition)
    before = photograph()
    by_services(evening, until_close=until_close)
    after = photograph()
    assert {table for table, _row in came_or_changed(before, after)} >= {
        "foundation_record",
        "meetings_meeting",
    }
    assert ties(before, after, people_of(evening), evening) == []


def by_pages(evening: Evening, come_in: ComeIn) -> None:
    at, key = f"/gatherings/{evening.meeting.public_id}/", evening.meeting.public_id
    theo, mina, nia = (come_in(each) for each in (evening.theo, evening.mina, evening.nia))

    def press(client: Client, path: str, **typed: str) -> None:
        answer = client.post(at + path, typed)
        assert answer.status_code == 302, (path, answer.content.decode()[:2000])
        assert client.get(answer["Location"]).status_code == 200, path

    press(theo, "open/")
    press(theo, "", name="T", sits="seat")
    press(mina, "", name="Wren", sits="seat", is_new="on")
    press(nia, "", sits="quiet")
    assert f"seat_{key}" in mina.cookies
    press(mina, "share/", text=HEAVY, note="heavy")
    share = Share.objects.get()
    press(nia, f"with/{share.public_id}/")
    press(nia, f"flag/{share.public_id}/")
    quiet = Seat.objects.get(is_quiet=True)
    press(theo, f"ask/{quiet.public_id}/")
    press(nia, "answer/", answer="company")
    press(theo, "next/", after="0")
    press(theo, "pause/", reason="Tea")
    press(theo, "go-on/")
    for client in (theo, mina, nia):
        assert client.get(at + "now/").status_code == 200
    assert nia.get(at + "slip/").status_code == 200
    press(nia, "speak/")
    press(nia, "leave/")
    if evening.programme.keeps_head_counts:
        press(theo, "counting/", agreed="yes")
        press(theo, "count/", count="3")
    press(theo, "close/")
    press(theo, "company/")
    assert mina.get(at + "slip/").status_code == 200
    assert b"is over" in mina.get(at + "room/").content
    while events.deliver():
        pass


@pytest.mark.parametrize("tradition", [TWELVE, VOICES])
def test_nothing_does_by_the_pages_either(
    at_that_time: None, db: None, tradition: str, come_in: ComeIn
) -> None:
    evening = evening_in(tradition)
    before = photograph()
    by_pages(evening, come_in)
    after = photograph()
    assert "django_session" in {table for table, _row in came_or_changed(before, after)}
    assert ties(before, after, people_of(evening), evening) == []


def test_the_walk_sees_where_it_is_kept(db: None) -> None:
    """The same evening in a programme that keeps who came: the test must find it."""
    evening = evening_in(CHARITY)
    before = photograph()
    by_services(evening)
    found = " ".join(ties(before, photograph(), people_of(evening), evening))
    assert "gatherings_seat" in found and "foundation_record" in found


def test_the_walk_sees_an_actor_in_the_record(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    evening = evening_in(TWELVE)
    named = moving.whom
    monkeypatch.setattr(
        moving, "whom", lambda meeting, actor: {**named(meeting, actor), "actor_id": actor.pk}
    )
    before = photograph()
    by_services(evening)
    found = ties(before, photograph(), people_of(evening), evening)
    assert [each.partition(":")[0] for each in found] == ["foundation_record", "foundation_record"]


def test_the_walk_sees_a_person_on_a_seat(db: None) -> None:
    """With the wall taken away, as a wrong migration would."""
    evening = evening_in(TWELVE)
    before = photograph()
    by_services(evening, until_close=False)
    take_away("gatherings_nobody_on_a_seat", "gatherings_seat")
    Seat.objects.filter(left_at=None).update(person=evening.mina)
    found = ties(before, photograph(), people_of(evening), evening)
    assert {each.partition(":")[0] for each in found} == {"gatherings_seat"}


def test_the_walk_sees_the_evening_in_a_session(db: None, come_in: ComeIn) -> None:
    evening = evening_in(TWELVE)
    before = photograph()
    session = come_in(evening.mina).session
    session["back_to"] = f"/gatherings/{evening.meeting.public_id}/"
    session.save()
    assert [each.partition(":")[0] for each in ties(before, photograph(), people_of(evening), evening)] == [
        "django_session"
    ]


def take_away(wall: str, table: str) -> None:
    on_sqlite = connection.vendor == "sqlite"
    names = [f"{wall}_insert", f"{wall}_update"] if on_sqlite else [f"{wall} on {table}"]
    with connection.cursor() as cursor:
        for each in names:
            cursor.execute(f"drop trigger {each}")


def test_words_are_nowhere_in_the_tables_while_it_runs(db: None) -> None:
    evening = evening_in(TWELVE)
    by_services(evening, until_close=False)
    every = repr(photograph())
    assert WORDS not in every and "Wren" not in every


def test_who_opened_is_named_only_where_who_came_is_kept(db: None) -> None:
    twelve = evening_in(TWELVE)
    twelve.open()
    assert Record.objects.get(name="gatherings.opened").actor_id is None
    charity = evening_in(CHARITY, twelve.cast)
    charity.open()
    assert Record.objects.filter(name="gatherings.opened").latest("pk").actor_id == charity.theo.pk
    assert Meeting.objects.filter(state="open").count() == 2
