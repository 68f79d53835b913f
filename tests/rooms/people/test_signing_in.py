"""The door: right and wrong proofs, slow guessing without lock-out, second proofs, devices that end."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from companionway.foundation import live
from companionway.people import queries, services
from companionway.people.models import Device, Person
from tests.cast import NOW, PASSPHRASE, Cast
from tests.raw import raw
from tests.signing_in import WEAK

WRONG = "do not belong together"
SLOW = "wait a quarter of an hour"


@pytest.fixture
def moment() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def cast(cast: Cast, moment: time_machine.Traveller) -> Cast:
    for person in (cast.mina, cast.theo, cast.cora):
        person.set_password(PASSPHRASE)
        person.save()
    return cast


def sign_in(client: Client, name: str = "Mina", passphrase: str = PASSPHRASE, **more: str):
    return client.post("/sign-in/", {"name": name, "passphrase": passphrase, **more})


def set_up_app(person: Person) -> pyotp.TOTP:
    app = pyotp.TOTP(services.prepare_authenticator(actor=person, now=timezone.now()))
    services.confirm_authenticator(
        actor=person, code=app.at(timezone.now() - timedelta(minutes=1, seconds=-30)), now=timezone.now()
    )
    return app


def test_name_and_passphrase_open_the_door_under_a_fresh_session(cast: Cast, client: Client) -> None:
    client.get("/sign-in/")
    client.session["planted"] = True
    planted = client.session.session_key
    reply = sign_in(client, "  MINA ", next="/me/needs/")
    assert reply.status_code == 302 and reply.headers["Location"] == "/me/needs/"
    assert client.session.session_key != planted
    assert queries.person_of_session(client.session.session_key, "testserver") == cast.mina.pk
    assert client.get("/me/").status_code == 200


@pytest.mark.parametrize(
    "where", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_next_leads_to_own_pages_only(cast: Cast, client: Client, where: str) -> None:
    assert "evil" not in sign_in(client, next=where).headers["Location"]


def test_a_wrong_name_and_a_wrong_passphrase_read_the_same(cast: Cast, client: Client) -> None:
    wrong, nobody = sign_in(client, passphrase="no"), sign_in(Client(), name="Zzz", passphrase="no")
    assert wrong.status_code == nobody.status_code == 422
    pages = [each.content.decode().split("<h1>")[1].split("csrfmiddleware")[0] for each in (wrong, nobody)]
    assert pages[0] == pages[1] and WRONG in wrong.content.decode() and WRONG in nobody.content.decode()
    assert 'value="Mina"' in wrong.content.decode()


@pytest.mark.parametrize("name", ["Mina", "Nobody at all"])
def test_guessing_is_slowed_and_the_wait_ends(cast: Cast, moment: time_machine.Traveller, name: str) -> None:
    for _ in range(5):
        assert WRONG in sign_in(Client(), name, "no").content.decode()
    assert SLOW in sign_in(Client(), name).content.decode()
    moment.shift(timedelta(minutes=16))
    assert SLOW not in sign_in(Client(), name, "no").content.decode()
    assert sign_in(Client()).status_code == 302


@pytest.mark.parametrize(
    "url", ["redis://127.0.0.1:1/0", os.environ.get("VALKEY_URL") or "redis://127.0.0.1:1/1"]
)
def test_guessing_is_slowed_with_valkey_and_with_valkey_away(cast: Cast, settings, url: str) -> None:
    settings.VALKEY_URL = url
    name = f"Wren {secrets.token_hex(4)}"
    for _ in range(5):
        assert WRONG in sign_in(Client(), name, "no").content.decode()
    assert SLOW in sign_in(Client(), name).content.decode()


def test_a_name_is_capped_over_all_addresses_but_a_known_device_gets_in(cast: Cast, moment) -> None:
    known = Client()
    assert sign_in(known).status_code == 302
    known.post("/sign-out/")
    for number in range(30):
        Client(REMOTE_ADDR=f"203.0.113.{number}").post("/sign-in/", {"name": "Mina", "passphrase": "no"})
    stranger = Client(REMOTE_ADDR="203.0.113.99")
    assert SLOW in sign_in(stranger).content.decode()
    assert sign_in(known).status_code == 302
    moment.shift(timedelta(minutes=61))
    assert sign_in(stranger).status_code == 302


def test_a_slowed_door_never_closes_other_pages(cast: Cast, client: Client) -> None:
    for _ in range(8):
        sign_in(client, passphrase="no")
    assert client.get("/join/").status_code == 200 and client.get("/sign-in/").status_code == 200


def test_somebody_who_was_erased_is_nobody(cast: Cast, client: Client) -> None:
    sign_in(client)
    services.delete_everything(actor=cast.mina, now=NOW)
    assert client.get("/me/").status_code == 302
    assert WRONG in sign_in(Client()).content.decode()


def test_ending_a_device_ends_its_session_and_its_streams(cast: Cast, client: Client, monkeypatch) -> None:
    ended: list[str] = []
    monkeypatch.setattr(live, "_revoke_everywhere", lambda person, session: ended.append(session))
    other = Client()
    sign_in(client)
    sign_in(other)
    lost = Device.objects.get(session_key=other.session.session_key)
    key = lost.session_key
    assert key not in client.get("/me/devices/").content.decode()
    assert client.post(f"/me/devices/{lost.public_id}/end/").status_code == 302
    assert other.get("/me/").status_code == 302 and client.get("/me/").status_code == 200
    assert (
        queries.person_of_session(key, "testserver") is None
        and not Session.objects.filter(session_key=key).exists()
    )


def test_end_all_ends_this_one_too(cast: Cast, client: Client) -> None:
    other = Client()
    sign_in(client)
    sign_in(other)
    client.post("/me/devices/end-all/")
    assert client.get("/me/").status_code == other.get("/me/").status_code == 302
    assert not Device.objects.filter(person=cast.mina, ended_at=None).exists()


def test_nobody_ends_another_persons_device(cast: Cast, client: Client) -> None:
    sign_in(client)
    theirs = Client()
    sign_in(theirs, "Theo")
    device = Device.objects.get(person=cast.theo)
    assert client.post(f"/me/devices/{device.public_id}/end/").status_code == 404
    assert theirs.get("/me/").status_code == 200


def test_signing_out_clears_the_device(cast: Cast, client: Client) -> None:
    sign_in(client)
    reply = client.post("/sign-out/")
    assert '"storage"' in reply.headers["Clear-Site-Data"]
    assert client.get("/me/").headers["Location"].startswith("/sign-in/")


def test_a_new_passphrase_asks_for_the_old_one_and_ends_other_devices(cast: Cast, client: Client) -> None:
    other = Client()
    sign_in(client)
    sign_in(other)
    new = {"new": "five tall green trees", "again": "five tall green trees"}
    assert client.post("/me/ways-in/passphrase/", {**new, "now": "wrong"}).status_code == 422
    assert client.post("/me/ways-in/passphrase/", {**new, "now": PASSPHRASE}).status_code == 302
    assert client.get("/me/").status_code == 200 and other.get("/me/").status_code == 302
    assert sign_in(Client(), passphrase="five tall green trees").status_code == 302


def test_the_printed_way_back_works_once_and_gives_a_new_one(cast: Cast, client: Client) -> None:
    code = services.new_way_back(actor=cast.mina, now=NOW)
    reply = client.post("/sign-in/way-back/", {"name": "mina", "code": code.upper().replace(" ", "-")})
    assert reply.status_code == 200
    fresh = reply.content.decode().split("data-code>")[1].split("<")[0]
    assert fresh != code and client.get("/me/").status_code == 200
    assert (
        client.post(
            "/me/ways-in/passphrase/", {"new": "five tall trees", "again": "five tall trees"}
        ).status_code
        == 302
    )
    assert Client().post("/sign-in/way-back/", {"name": "mina", "code": code}).status_code == 422
    assert Client().post("/sign-in/way-back/", {"name": "mina", "code": fresh}).status_code == 200


def test_guessing_the_way_back_is_slowed(cast: Cast, client: Client) -> None:
    services.new_way_back(actor=cast.mina, now=NOW)
    for _ in range(5):
        assert WRONG in client.post("/sign-in/way-back/", {"name": "mina", "code": "acorn"}).content.decode()
    assert SLOW in client.post("/sign-in/way-back/", {"name": "mina", "code": "acorn"}).content.decode()
    nobody = Client(REMOTE_ADDR="203.0.113.1").post("/sign-in/way-back/", {"name": "zzz", "code": "acorn"})
    assert WRONG in nobody.content.decode()


def test_staff_with_a_passphrase_alone_are_led_to_a_second_proof(cast: Cast, client: Client) -> None:
    services.give_role(actor=cast.adil, person=cast.cora, role="administrator", programme=None, now=NOW)
    assert sign_in(client, "Cora").headers["Location"] == "/sign-in/second-proof/"
    assert client.get("/sign-in/second-proof/").headers["Location"] == "/me/ways-in/"
    assert client.get("/admin/").headers["Location"].startswith("/sign-in/second-proof/")
    assert client.get("/me/").status_code == 200
    page = client.get("/me/ways-in/app/").content.decode()
    app = pyotp.TOTP(page.split("data-secret>")[1].split("<")[0])
    assert client.post("/me/ways-in/app/", {"code": app.at(NOW)}).status_code == 302
    assert client.get("/admin/").status_code == 200


def test_a_code_app_is_asked_at_sign_in_and_each_code_opens_once(cast: Cast, client: Client, moment) -> None:
    app = set_up_app(cast.cora)
    assert sign_in(client, "Cora").headers["Location"] == "/sign-in/digits/"
    assert client.get("/me/").status_code == 302
    assert client.post("/sign-in/digits/", {"code": "000000"}).status_code == 422
    assert client.post("/sign-in/digits/", {"code": app.at(NOW)}).status_code == 302
    assert Device.objects.get(person=cast.cora).is_strong
    other = Client()
    sign_in(other, "Cora")
    assert other.post("/sign-in/digits/", {"code": app.at(NOW)}).status_code == 422
    moment.shift(timedelta(minutes=11))
    assert other.post("/sign-in/digits/", {"code": app.at(timezone.now())}).headers["Location"] == "/sign-in/"


def test_digits_are_tried_five_times_only(cast: Cast, client: Client) -> None:
    app = set_up_app(cast.cora)
    sign_in(client, "Cora")
    for _ in range(5):
        client.post("/sign-in/digits/", {"code": "000000"})
    assert SLOW in client.post("/sign-in/digits/", {"code": app.at(NOW)}).content.decode()


def test_a_stolen_passphrase_cannot_add_a_second_proof_of_its_own(cast: Cast, client: Client) -> None:
    set_up_app(cast.cora)
    client.force_login(cast.cora, backend=WEAK)
    client.post("/me/ways-in/app/remove/")
    assert Person.objects.get(pk=cast.cora.pk).authenticator.confirmed_at
    reply = client.post("/me/ways-in/passkey/", "{}", content_type="application/json")
    assert reply.status_code == 400 and "second proof" in reply.json()["says"]


def test_the_secret_of_an_app_is_sealed(cast: Cast) -> None:
    secret = services.prepare_authenticator(actor=cast.cora, now=NOW)
    kept = bytes(Person.objects.get(pk=cast.cora.pk).authenticator.sealed_secret)
    assert secret.encode() not in kept


def test_passkey_answers_that_are_nonsense_are_answered_kindly(cast: Cast, client: Client) -> None:
    for body in (
        "",
        "[]",
        "null",
        '{"rawId": 5}',
        "{" * 100,
        '{"rawId": "AAAA", "response": {}}',
        "x" * 30_000,
    ):
        client.post("/sign-in/passkey/options/")
        reply = client.post("/sign-in/passkey/", body, content_type="application/json")
        assert reply.status_code in (400, 429) and reply.json()["says"]
    assert client.post("/join/passkey/options/").status_code == 400
    assert client.post("/join/passkey/", "{}", content_type="application/json").status_code == 400


@pytest.mark.parametrize("broken", ["", "x", "x" * 40])
def test_a_session_nobody_holds_is_nobody(db: None, broken: str) -> None:
    assert queries.person_of_session(broken, "testserver") is None


def test_session_person_device_and_roles_take_one_query(cast: Cast, client: Client) -> None:
    sign_in(client)
    client.get("/me/pause/")
    tables = ("django_session", "people_device", "people_person", "people_roleheld")
    with CaptureQueriesContext(connection) as asked:
        client.get("/me/pause/")
    assert len([each for each in asked if any(table in each["sql"] for table in tables)]) == 1


def test_last_seen_is_noted_once_a_day(cast: Cast, client: Client, moment) -> None:
    sign_in(client)
    moment.shift(timedelta(days=2))
    client.get("/me/")
    assert Device.objects.get(person=cast.mina).last_seen_on == NOW.date() + timedelta(days=2)


def test_no_passphrase_or_code_is_written_anywhere(cast: Cast, client: Client, settings) -> None:
    services.new_way_back(actor=cast.mina, now=NOW)
    sign_in(client)
    database = Path(settings.DATABASES["default"].get("TEST", {}).get("NAME") or "/nowhere")
    if database.exists():
        assert PASSPHRASE.encode() not in raw(database)
