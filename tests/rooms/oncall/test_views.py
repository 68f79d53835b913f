"""The pages of those who are on call and of those who keep the rota, without a script."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from companionway.foundation.events import deliver
from companionway.notices.models import Notice
from companionway.notices.states import Kind
from companionway.oncall import queries, services
from companionway.oncall.models import Telephone, Turn, WeeklySlot
from companionway.people.models import Person
from tests.cast import NOW, Cast
from tests.rooms.oncall.conftest import HOUR, at

pytestmark = pytest.mark.django_db
SLOT = {"step": "1", "days": ["0", "1"], "begins": "22:00", "ends": "09:00"}


@pytest.fixture(autouse=True)
def _at_that_time():
    with time_machine.travel(NOW, tick=False):
        yield


def entered(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_these_pages_exist_only_for_those_whose_work_they_are(cast: Cast, oona, lena):
    for person in (cast.mina, cast.theo, cast.adil, cast.sam_the_stranger):
        for address in ("/on-call/", "/on-call/take/", "/on-call/phones/", "/on-call/every-week/"):
            assert entered(person).get(address).status_code == 404
    assert entered(oona).get("/on-call/every-week/").status_code == 404
    assert "Every week" in page(entered(lena), "/on-call/")


def test_a_keeper_sets_a_pattern_and_the_rota_shows_turns_and_gaps(cast: Cast, oona, lena):
    client = entered(lena)
    assert "No rota is kept yet" in page(client, "/on-call/")
    client.post("/on-call/every-week/", {**SLOT, "person": oona.public_id})
    assert WeeklySlot.objects.live().count() == 2 and Turn.objects.count() == 8
    shown = page(client, "/on-call/")
    assert "Oona" in shown and "No rota is kept yet" not in shown
    # Saturday ten o'clock until Monday 22:00, then between the two nights, then until the next Monday.
    assert shown.count("Nobody is on call</strong>") >= 5
    assert "Monday 23 November, 10:00 pm" in shown
    wrong = client.post("/on-call/every-week/", {**SLOT, "person": lena.public_id})
    assert wrong.status_code == 422 and "Two people would have the same step" in wrong.content.decode()
    assert 'value="22:00"' in wrong.content.decode()
    slot = WeeklySlot.objects.live().earliest("weekday")
    client.post(f"/on-call/every-week/{slot.public_id}/remove/")
    assert WeeklySlot.objects.live().count() == 1 and Turn.objects.count() == 4


def test_a_gap_in_the_opening_hours_is_said_loudly_and_can_be_taken_with_one_link(cast: Cast, oona):
    cast.organisation.opening_hours = {"sat": [["09:00", "17:00"]]}
    cast.organisation.save()
    client = entered(oona)
    shown = page(client, "/on-call/")
    assert "Part of it is in the opening hours." in shown
    link = shown.split('href="/on-call/take/?')[1].split('"')[0].replace("&amp;", "&")
    form = page(client, f"/on-call/take/?{link}")
    assert 'value="2026-11-21"' in form and 'value="10:00"' in form
    # The keeper's own choice of person is not offered to somebody who only takes turns.
    assert 'name="person"' not in form


def test_somebody_takes_a_turn_in_the_services_own_clock_time(cast: Cast, oona):
    cast.organisation.time_zone = "Asia/Tokyo"
    cast.organisation.save()
    times = {"from_day": "2026-11-22", "from_time": "09:00", "until_day": "2026-11-22", "until_time": "17:00"}
    answer = entered(oona).post("/on-call/take/", {"step": "2", **times})
    assert answer.status_code == 302
    turn = Turn.objects.get()
    assert turn.starts_at == at("2026-11-22T09:00", "Asia/Tokyo") and turn.person == oona and turn.step == 2
    again = entered(oona).post("/on-call/take/", {"step": "1", **times})
    assert again.status_code == 422 and "Oona has a turn at that time already" in again.content.decode()
    wrong = entered(oona).post("/on-call/take/", {**times, "step": "1", "until_day": "soon"})
    assert wrong.status_code == 422 and 'value="soon"' in wrong.content.decode()


def test_a_keeper_puts_somebody_there_who_is_told(cast: Cast, oona, lena):
    times = {"from_day": "2026-11-22", "from_time": "09:00", "until_day": "2026-11-22", "until_time": "17:00"}
    entered(lena).post("/on-call/take/", {"step": "1", "person": oona.public_id, **times})
    assert Turn.objects.get().person == oona
    deliver()
    assert list(Notice.objects.values_list("person__name", "kind")) == [("Oona", Kind.TURN)]


def test_asking_a_named_other_and_their_yes(cast: Cast, oona, lena, turn_of):
    turn = turn_of(oona)
    mine, hers = entered(oona), entered(lena)
    mine.post(f"/on-call/turns/{turn.public_id}/", {"to": lena.public_id})
    assert "Lena has not answered yet" in page(mine, f"/on-call/turns/{turn.public_id}/")
    assert "Oona asks whether you can take this turn" in page(hers, "/on-call/")
    offer = turn.offers.get()
    mine.post(f"/on-call/offers/{offer.public_id}/answer/", {"answer": "yes"})
    assert queries.is_on_call(oona, NOW)
    hers.post(f"/on-call/offers/{offer.public_id}/answer/", {"answer": "yes"})
    assert queries.is_on_call(lena, NOW) and not queries.is_on_call(oona, NOW)
    deliver()
    told = set(Notice.objects.values_list("person__name", "kind"))
    assert {("Lena", Kind.TURN), ("Oona", Kind.TURN)} <= told


def test_i_cannot_is_one_press_and_never_silent(cast: Cast, oona, lena, turn_of):
    turn = turn_of(oona)
    shown = page(entered(oona), f"/on-call/turns/{turn.public_id}/")
    assert "nothing to explain" in shown
    answer = entered(oona).post(f"/on-call/turns/{turn.public_id}/cannot/", follow=True)
    assert "That is all right." in answer.content.decode()
    assert "Nobody is on call." in answer.content.decode()
    deliver()
    told = Notice.objects.filter(kind=Kind.TURN_LEFT)
    assert set(told.values_list("person__name", flat=True)) == {"Lena", "Cora"}


def test_when_the_only_keeper_leaves_a_turn_the_others_on_the_rota_are_told(cast: Cast, oona, lena, turn_of):
    cast.cora.roles_held.update(until_at=NOW)
    turn = turn_of(lena)
    services.end_turn(actor=lena, turn=turn, now=NOW)
    deliver()
    told = Notice.objects.filter(kind=Kind.TURN_LEFT)
    assert set(told.values_list("person__name", flat=True)) == {"Oona"}


def test_whoever_leaves_by_a_break_is_told_of_once(cast: Cast, oona, lena, turn_of):
    turn_of(oona)
    turn_of(oona, begins=NOW + 48 * HOUR)
    entered(oona).post("/me/pause/")
    oona.refresh_from_db()
    assert oona.paused_at is not None
    deliver()
    deliver()
    assert Notice.objects.filter(kind=Kind.TURN_LEFT, person=lena).count() == 1


def test_somebody_elses_turn_is_left_alone(cast: Cast, oona, lena, turn_of):
    turn = turn_of(lena)
    shown = page(entered(oona), f"/on-call/turns/{turn.public_id}/")
    assert "This is somebody else" in shown and "I cannot" not in shown
    entered(oona).post(f"/on-call/turns/{turn.public_id}/cannot/")
    entered(oona).post(f"/on-call/turns/{turn.public_id}/", {"to": oona.public_id})
    assert queries.is_on_call(lena, NOW) and not turn.offers.exists()


def test_the_telephone_list_is_kept_and_read_in_its_order(cast: Cast, oona, lena):
    client = entered(lena)
    client.post("/on-call/phones/", {"name": "Night desk", "number": "01632 960 142"})
    client.post("/on-call/phones/", {"name": "Lena", "number": "01632 960 141", "place": "1"})
    shown = page(entered(oona), "/on-call/phones/")
    assert shown.index("01632960141") < shown.index("01632960142") and "Add a number" not in shown
    wrong = client.post("/on-call/phones/", {"name": "Nobody", "number": "ask at the door"})
    assert wrong.status_code == 422 and "ask at the door" in wrong.content.decode()
    desk = Telephone.objects.get(place=2)
    kept = {"name": "Night desk", "number": "01632 960 143", "said_for": "Say Harbour Street"}
    client.post(f"/on-call/phones/{desk.public_id}/", kept)
    assert "Say Harbour Street" in page(client, f"/on-call/phones/{desk.public_id}/")
    entered(oona).post("/on-call/phones/", {"name": "Mine", "number": "01632 960 149"})
    assert entered(oona).get(f"/on-call/phones/{desk.public_id}/").status_code == 404
    client.post(f"/on-call/phones/{desk.public_id}/remove/")
    assert [each.name for each in queries.phone_list(cast.organisation)] == ["Lena"]


def test_the_rota_asks_the_same_with_one_turn_and_with_many(
    cast: Cast, oona, lena, turn_of, django_assert_max_num_queries
):
    turn_of(oona)
    client = entered(lena)
    page(client, "/on-call/")
    with django_assert_max_num_queries(12) as few:
        page(client, "/on-call/")
    for day in range(1, 12):
        turn_of(oona, begins=NOW + timedelta(days=day))
        turn_of(cast.cora, 2, begins=NOW + timedelta(days=day))
    with django_assert_max_num_queries(12) as many:
        page(client, "/on-call/")
    assert len(many) == len(few)
