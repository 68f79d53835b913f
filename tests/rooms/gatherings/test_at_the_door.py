"""The door of a real room: a name, one more, or nothing; sent late, sent twice, and counted once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client, override_settings

from companionway.foundation.policy import Refused
from companionway.gatherings import queries, services, tickets
from companionway.gatherings.models import CheckIn, Counting, Seat
from companionway.meetings.models import Meeting
from companionway.meetings.states import Way
from companionway.people.models import Organisation, Person
from tests.cast import NOW, Cast
from tests.rooms.gatherings.conftest import CHARITY, TWELVE, VOICES, Evening, make_evening

pytestmark = pytest.mark.usefixtures("at_that_time")
ComeIn = Callable[[Person], Client]


@pytest.fixture
def in_person(cast: Cast) -> dict[str, Evening]:
    return {each: make_evening(each, cast, way=Way.IN_PERSON) for each in (TWELVE, VOICES, CHARITY)}


def door(evening: Evening, kind: str = "kiosk") -> str:
    path = {"kiosk": "at-the-door", "here": "here"}[kind]
    return (
        f"/gatherings/{evening.meeting.public_id}/{path}/{tickets.code_of(evening.meeting.public_id, kind)}/"
    )


def agree(evening: Evening) -> None:
    services.decide_counting(actor=evening.theo, meeting=evening.anew(), is_agreed=True, now=NOW)


def test_three_doors_by_tradition(in_person: dict[str, Evening]) -> None:
    agree(in_person[VOICES])
    pages = {key: Client().get(door(each)).content.decode() for key, each in in_person.items()}
    assert "Here nobody keeps who comes, or how many." in pages[TWELVE] and "<button" not in _form(
        pages[TWELVE]
    )
    assert "One more is here" in pages[VOICES] and 'name="name"' not in pages[VOICES]
    assert 'name="name"' in pages[CHARITY]


def _form(page: str) -> str:
    return page.partition('<form method="post" class="stack"')[2].partition("</form>")[0]


def test_without_the_groups_word_nobody_is_counted(in_person: dict[str, Evening]) -> None:
    assert "Here nobody keeps" in Client().get(door(in_person[VOICES])).content.decode()
    answer = Client().post(door(in_person[VOICES]), {"client_id": "a"})
    assert answer.status_code == 200 and not CheckIn.objects.exists()


def test_the_code_is_needed_and_is_good_for_one_meeting_and_one_door(in_person: dict[str, Evening]) -> None:
    code = tickets.code_of(in_person[CHARITY].meeting.public_id, "here")
    for evening, kind in ((in_person[CHARITY], "at-the-door"), (in_person[VOICES], "here")):
        address = f"/gatherings/{evening.meeting.public_id}/{kind}/{code}/"
        assert Client().get(address).status_code == 404
    assert Client().get(door(in_person[CHARITY], "here")).status_code == 200


def test_at_another_organisations_name_there_is_no_such_door(in_person: dict[str, Evening]) -> None:
    Organisation.objects.create(name="Elsewhere", short_name="E", host="elsewhere.example.org")
    with override_settings(ALLOWED_HOSTS=["*"]):
        strange = Client(SERVER_NAME="elsewhere.example.org")
        assert strange.get(door(in_person[CHARITY])).status_code == 404
        assert Client().get(door(in_person[CHARITY])).status_code == 200


def test_the_device_is_signed_out_and_shows_the_door(come_in: ComeIn, in_person: dict[str, Evening]) -> None:
    evening = in_person[CHARITY]
    theo = come_in(evening.theo)
    sheet = theo.get(f"/gatherings/{evening.meeting.public_id}/sheet/").content.decode()
    assert door(evening, "here") in sheet and "data:image/svg" in sheet
    assert theo.post(f"/gatherings/{evening.meeting.public_id}/kiosk/")["Location"] == door(evening)
    assert "_auth_user_id" not in theo.session
    assert theo.get(f"/gatherings/{evening.meeting.public_id}/hold/").status_code == 302
    assert theo.get(door(evening)).status_code == 200


def test_what_a_device_kept_arrives_once_in_its_order(in_person: dict[str, Evening]) -> None:
    evening, device = in_person[CHARITY], Client()
    for number in (3, 1, 2, 1):
        came = NOW - timedelta(minutes=10 - number)
        answer = device.post(
            door(evening), {"name": f"Bird {number}", "client_id": f"kept-{number}", "came_at": came.isoformat()},
            headers={"X-Requested-With": "fetch"},
        )  # fmt: skip
        assert answer.status_code == 200
    assert queries.names_at_the_door(evening.anew()) == ["Bird 1", "Bird 2", "Bird 3"]
    assert b"Bird" not in b"".join(bytes(each.sealed or b"") for each in CheckIn.objects.all())
    assert not Seat.objects.exists()


def test_a_clock_that_is_wrong_stays_within_the_evening(in_person: dict[str, Evening]) -> None:
    evening = in_person[CHARITY]
    for number, came in enumerate((NOW - timedelta(days=900), NOW + timedelta(days=3))):
        services.check_in(
            actor=None, meeting=evening.anew(), name="W", client_id=f"{number}", came_at=came, now=NOW
        )
    assert [each.came_at for each in CheckIn.objects.all()] == [NOW - timedelta(hours=1), NOW]


def test_one_more_is_counted_at_the_close_and_late_ones_after_it(in_person: dict[str, Evening]) -> None:
    evening = in_person[VOICES]
    agree(evening)
    evening.open()
    for each in ("a", "b", "a"):
        assert Client().post(door(evening), {"client_id": each}).status_code == 302
    services.close_meeting(actor=evening.theo, meeting=evening.anew(), now=NOW)
    assert evening.anew().head_count == 2
    for each in ("c", "b"):
        services.check_in(
            actor=None, meeting=evening.anew(), client_id=each, came_at=NOW, now=NOW + timedelta(hours=3)
        )
    assert evening.anew().head_count == 3
    late = NOW + timedelta(hours=25)
    with pytest.raises(Refused):
        services.check_in(actor=None, meeting=evening.anew(), client_id="d", came_at=NOW, now=late)
    services.forget_due(actor=None, now=late)
    assert not CheckIn.objects.exists() and evening.anew().head_count == 3


def test_counted_by_hand_stands(in_person: dict[str, Evening]) -> None:
    evening = in_person[VOICES]
    with pytest.raises(Refused):
        services.count_by_hand(actor=evening.theo, meeting=evening.anew(), count=4, now=NOW)
    agree(evening)
    evening.open()
    with pytest.raises(Refused):
        services.count_by_hand(actor=evening.mina, meeting=evening.anew(), count=4, now=NOW)
    services.count_by_hand(actor=evening.theo, meeting=evening.anew(), count=4, now=NOW)
    services.check_in(actor=None, meeting=evening.anew(), client_id="a", came_at=NOW, now=NOW)
    services.close_meeting(actor=evening.theo, meeting=evening.anew(), now=NOW)
    services.check_in(actor=None, meeting=evening.anew(), client_id="b", came_at=NOW, now=NOW)
    assert evening.anew().head_count == 4


def test_a_group_that_does_not_want_it_any_more(in_person: dict[str, Evening]) -> None:
    evening = in_person[VOICES]
    agree(evening)
    evening.open()
    services.check_in(actor=None, meeting=evening.anew(), client_id="a", came_at=NOW, now=NOW)
    services.count_by_hand(actor=evening.theo, meeting=evening.anew(), count=4, now=NOW)
    services.decide_counting(actor=evening.ruth, meeting=evening.anew(), is_agreed=False, now=NOW)
    assert not Counting.objects.exists() and not CheckIn.objects.exists()
    services.close_meeting(actor=evening.theo, meeting=evening.anew(), now=NOW)
    assert Meeting.objects.get(pk=evening.meeting.pk).state == "closed"


def test_in_person_there_is_no_seat(in_person: dict[str, Evening]) -> None:
    evening = in_person[CHARITY]
    evening.open()
    with pytest.raises(Refused, match="in person"):
        evening.sit(evening.mina)
