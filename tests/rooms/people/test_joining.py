"""Joining in the browser's steps: one question a page, nothing kept until the last one."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from companionway.people import queries, services
from companionway.people.models import Device, Person, Programme
from tests.cast import NOW, Cast

PASS = {"new": "four small grey stones", "again": "four small grey stones"}


@pytest.fixture
def only_one(cast: Cast) -> Cast:
    services.close_programme(actor=cast.adil, programme=cast.other_programme, now=NOW)
    return cast


def step(client: Client, page: str, **answer: object) -> str:
    reply = client.post(f"/join/{page}", answer)
    assert reply.status_code == 302, reply.content.decode()
    return str(reply.headers["Location"])


def to_the_last_step(client: Client, name: str = "Wren") -> None:
    assert step(client, "", name=name) == "/join/age/"
    assert step(client, "age/", age="adult") == "/join/consent/"
    assert step(client, "consent/", purposes=["matching"]) == "/join/way-in/"


def test_from_nobody_to_a_member_with_a_way_back(only_one: Cast, client: Client) -> None:
    to_the_last_step(client)
    assert not Person.objects.filter(sign_in_name="wren").exists()
    before = client.session.session_key
    assert step(client, "way-in/", **PASS) == "/me/way-back/"
    assert client.session.session_key != before
    wren = Person.objects.get(sign_in_name="wren")
    assert wren.holds("support.ask", only_one.programme) and queries.has_consent(wren, "matching")
    assert Device.objects.get(person=wren).session_key == client.session.session_key
    assert "joining" not in client.session
    sheet = client.post("/me/way-back/")
    code = sheet.content.decode().split("data-code>")[1].split("<")[0]
    assert len(code.split()) == 7
    wren.refresh_from_db()
    assert wren.way_back_hash and code not in wren.way_back_hash
    assert client.get("/me/next/").status_code == 302


def test_several_programmes_are_asked_about(cast: Cast, client: Client) -> None:
    step(client, "", name="Wren")
    assert step(client, "age/", age="adult") == "/join/programme/"
    page = client.get("/join/programme/").content.decode()
    assert "One to one" in page and "Elsewhere" in page
    assert step(client, "programme/", programme=cast.other_programme.public_id) == "/join/consent/"
    assert client.post("/join/programme/", {"programme": "forged"}).status_code == 422


@pytest.mark.parametrize("age", ["under", "young"])
def test_too_young_is_handed_over_warmly_and_nothing_is_kept(cast: Cast, client: Client, age: str) -> None:
    step(client, "", name="Wren")
    assert step(client, "age/", age=age) == "/join/elsewhere/"
    assert "joining" not in client.session and Session.objects.count() == 0
    page = client.get("/join/elsewhere/").content.decode()
    assert "/help-now/" in page and "Nothing you wrote here was kept" in page


def test_young_people_join_a_programme_that_takes_them(cast: Cast, client: Client) -> None:
    Programme.objects.filter(pk=cast.programme.pk).update(age_bands=["young"])
    step(client, "", name="Wren")
    assert step(client, "age/", age="young") == "/join/consent/"
    step(client, "consent/")
    step(client, "way-in/", **PASS)
    assert Person.objects.get(sign_in_name="wren").age_band == "young"


@pytest.mark.parametrize("page", ["age/", "programme/", "consent/", "way-in/"])
def test_a_step_without_the_earlier_answers_begins_again(cast: Cast, client: Client, page: str) -> None:
    for reply in (client.get(f"/join/{page}"), client.post(f"/join/{page}", PASS)):
        assert reply.status_code == 302 and reply.headers["Location"] == "/join/"


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("", "Please write something"),
        ("x" * 61, "shorten"),
        ("12345", "at least one letter"),
        ("Мina", "looks just like it"),
        ("Support Team", "taken for the team"),
        ("a" * 100_000, "shorten"),
    ],
)
def test_a_name_is_refused_kindly_with_the_words_still_there(
    cast: Cast, client: Client, name: str, says: str
) -> None:
    reply = client.post("/join/", {"name": name})
    assert reply.status_code == 422 and says in reply.content.decode()
    if name in ("Мina", "12345"):
        assert f'value="{name}"' in reply.content.decode()


def test_names_with_strange_signs_are_tidied(cast: Cast, client: Client) -> None:
    step(client, "", name="Wr\x00en \u202egnol 🌿")
    assert client.session["joining"]["name"] == "Wren gnol 🌿"


@pytest.mark.parametrize(
    ("chosen", "says"),
    [
        ({"new": "short", "again": "short"}, "a little longer"),
        ({"new": "password123", "again": "password123"}, "easy to guess"),
        ({"new": "Wren 1234567", "again": "Wren 1234567"}, "your name"),
        ({"new": "four small grey stones", "again": "other"}, "not the same"),
        ({"new": "x" * 10_000, "again": "x" * 10_000}, "shorten"),
        ({}, "Please write something"),
    ],
)
def test_a_weak_passphrase_is_refused_kindly(
    only_one: Cast, client: Client, chosen: dict[str, str], says: str
) -> None:
    to_the_last_step(client)
    reply = client.post("/join/way-in/", chosen)
    assert reply.status_code == 422 and says in reply.content.decode()
    assert not Person.objects.filter(sign_in_name="wren").exists()


def test_a_name_taken_in_the_meantime_is_said(only_one: Cast, client: Client) -> None:
    to_the_last_step(client)
    services.join(name="Wren", programme=only_one.programme, passphrase="x", now=NOW)
    reply = client.post("/join/way-in/", PASS)
    assert reply.status_code == 422 and "already has this name" in reply.content.decode()


def test_a_second_post_of_the_last_step_makes_nobody_new(only_one: Cast, client: Client) -> None:
    to_the_last_step(client)
    step(client, "way-in/", **PASS)
    assert client.post("/join/way-in/", PASS).status_code == 302
    assert Person.objects.filter(sign_in_name="wren").count() == 1


def test_a_full_service_says_so(cast: Cast, client: Client) -> None:
    Programme.objects.update(is_open=False)
    step(client, "", name="Wren")
    step(client, "age/", age="adult")
    assert "Nobody new can join just now" in client.get("/join/programme/").content.decode()


def test_what_is_never_asked_here_is_said_before_anybody_joins(only_one: Cast, client: Client) -> None:
    services.close_programme(actor=only_one.adil, programme=only_one.programme, now=NOW)
    says = "the country you come from, your immigration status"
    services.create_programme(
        actor=only_one.adil,
        organisation=only_one.organisation,
        name="Refuge",
        practice_model="refugees_and_survivors",
        now=NOW,
    )
    assert says in client.get("/").content.decode()
    step(client, "", name="Wren")
    assert step(client, "age/", age="adult") == "/join/consent/"
    assert says in client.get("/join/consent/").content.decode()
    services.create_programme(
        actor=only_one.adil,
        organisation=only_one.organisation,
        name="Evenings",
        practice_model="charity_groups",
        now=NOW,
    )
    assert client.get("/").content.decode().count("Never asked here") == 1
    step(client, "", name="Finn")
    assert step(client, "age/", age="adult") == "/join/programme/"
    assert says in client.get("/join/programme/").content.decode()
