"""The supporter's pages, used without script."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from companionway.people import roles
from companionway.people.models import Person, Programme
from companionway.practice import queries, services
from companionway.practice.models import Cover, SupporterPractice
from companionway.practice.states import CoverState
from tests.cast import NOW, Cast, give, make_person
from tests.rooms.safety.entering import enter


def as_(person: Person) -> Client:
    client = Client()
    enter(client, person)
    return client


def address(name: str, *args: object) -> str:
    return reverse(f"practice:{name}", args=args)


def test_a_supporter_sets_everything_up_from_nothing(cast: Cast) -> None:
    theo = as_(cast.theo)
    assert "Set up what I offer" in theo.get(address("mine")).content.decode()
    theo.post(address("begin", cast.programme.public_id))
    row = SupporterPractice.objects.get()
    theo.post(
        address("limits", row.public_id),
        {"accepting": "on", "places": "2", "hours": "3", "minutes_each": "45"},
    )
    theo.post(address("hours", row.public_id), {"hours": ["mon_evening", "sun_morning"]})
    theo.post(address("offer", row.public_id), {"languages": ["en"], "cannot_topics": ["war"]})
    theo.post(address("about", row.public_id), {"words": "I keep bees."})
    html = theo.get(address("mine")).content.decode()
    assert "Up to 2 people, about 3 hours a week" in html
    row.refresh_from_db()
    assert queries.hours_of(row.hours_mask) == ["mon_evening", "sun_morning"]
    assert queries.offer_of(row).cannot_topics == ["war"]
    assert "war" in theo.get(address("offer", row.public_id)).content.decode()
    assert "checked" in theo.get(address("hours", row.public_id)).content.decode()


def test_one_press_and_the_cover_page(cast: Cast, theos: SupporterPractice, ruths: SupporterPractice) -> None:
    theo, ruth = as_(cast.theo), as_(cast.ruth)
    theo.post(address("cover", theos.public_id), {"person": cast.ruth.public_id})
    theo.post(address("away", theos.public_id), {"words": "I will be back."})
    cover = Cover.objects.get()
    assert "Yes, I can be there" in ruth.get(address("covers")).content.decode()
    ruth.post(address("answer_cover", cover.public_id), {"answer": "yes"})
    theo.post(address("not_well", theos.public_id))
    assert "Theo is away at the moment" in ruth.get(address("covers")).content.decode()
    assert "I am well again" in theo.get(address("mine")).content.decode()
    ruth.post(address("end_cover", cover.public_id))
    cover.refresh_from_db()
    assert cover.state == CoverState.ENDED


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("limits", {"places": "-1", "hours": "many", "minutes_each": "0"}),
        ("limits", {"places": "99999999999999999999", "hours": "1e400", "minutes_each": "15"}),
        ("hours", {"hours": ["someday"]}),
        ("offer", {"languages": ["klingon"], "stage": "gone"}),
        ("about", {"words": "x" * 9000}),
        ("away", {"words": "x" * 9000}),
        ("cover", {"person": "nobody"}),
    ],
)
def test_bad_input_gets_a_kind_page(
    cast: Cast, theos: SupporterPractice, name: str, said: dict[str, str]
) -> None:
    response = as_(cast.theo).post(address(name, theos.public_id), said)
    assert response.status_code == 200
    assert "Please" in response.content.decode()
    if "words" in said:
        assert "x" * 9000 in response.content.decode()


def test_nobody_else_finds_these_pages(
    cast: Cast, theos: SupporterPractice, ruths: SupporterPractice
) -> None:
    cover = services.name_cover(actor=cast.theo, practice=theos, person=cast.ruth, now=NOW)
    for person in (cast.ruth, cast.cora, cast.adil, cast.mina, cast.sam_the_stranger):
        client = as_(person)
        for name in ("limits", "hours", "offer", "about", "away", "cover"):
            assert client.get(address(name, theos.public_id)).status_code == 404, (person.name, name)
        assert client.post(address("not_well", theos.public_id)).status_code == 404
    assert as_(cast.mina).post(address("answer_cover", cover.public_id), {"answer": "yes"}).status_code == 404


def _count(client: Client, where: str) -> int:
    client.get(where)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(where).status_code == 200
    return len(captured)


def test_lists_ask_as_often_for_three_rows_as_for_one(cast: Cast, theos: SupporterPractice) -> None:
    def more(n: int) -> None:
        programme = Programme.objects.create(
            organisation=cast.organisation, name=f"More {n}", practice_model="one_to_one_charity",
            model_data=cast.programme.model_data, coordinator_sees=True, created_at=NOW,
        )  # fmt: skip
        friend = make_person(f"Friend {n}")
        for person in (cast.theo, friend):
            give(person, roles.SUPPORTER, programme)
        mine = services.offer_support(actor=cast.theo, programme=programme, now=NOW)
        theirs = services.offer_support(actor=friend, programme=programme, now=NOW)
        cover = services.name_cover(actor=cast.theo, practice=mine, person=friend, now=NOW)
        services.answer_cover(actor=friend, cover=cover, says_yes=True, now=NOW)
        services.name_cover(actor=friend, practice=theirs, person=cast.theo, now=NOW)

    more(0)
    theo = as_(cast.theo)
    one = [_count(theo, address(name)) for name in ("mine", "covers")]
    more(1)
    more(2)
    assert [_count(theo, address(name)) for name in ("mine", "covers")] == one
