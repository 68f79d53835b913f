"""A device that other people use too: ten minutes without doing anything end it, and nothing stays on it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pyotp
import pytest
import time_machine
import webauthn
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from companionway.config import callers
from companionway.conversations.services import open_conversation
from companionway.people import attempts, queries, services
from companionway.people.models import Device, Passkey
from tests.cast import NOW, PASSPHRASE, Cast, make_cast
from tests.rooms.conversations.test_lane_doors import ask, close, cookie, story

MINUTE = timedelta(minutes=1)
BY_ITSELF = {"X-Requested-With": "fetch"}


def sign_in(client: Client, name: str = "Mina", **more: str) -> Any:
    return client.post("/sign-in/", {"name": name, "passphrase": PASSPHRASE, **more})


def shared(name: str = "Mina") -> Client:
    client = Client()
    assert sign_in(client, name, shared="on").status_code == 302
    return client


def is_in(client: Client) -> bool:
    return bool(client.get("/me/").status_code == 200)


@pytest.mark.parametrize(("idle", "stays"), [(9 * MINUTE, True), (10 * MINUTE, False), (11 * MINUTE, False)])
def test_ten_idle_minutes_end_it(
    people: Cast, moment: time_machine.Traveller, idle: timedelta, stays: bool
) -> None:
    client = shared()
    key = client.session.session_key
    moment.shift(idle)
    assert (queries.person_of_session(key, "testserver") == people.mina.pk) is stays
    assert is_in(client) is stays


def test_whoever_does_something_stays(people: Cast, moment: time_machine.Traveller) -> None:
    client = shared()
    for _ in range(5):
        moment.shift(9 * MINUTE)
        assert is_in(client)
        assert client.cookies["session"]["max-age"] == 600
    moment.shift(11 * MINUTE)
    assert not is_in(client)


def test_the_cookie_lasts_no_longer_than_the_session(people: Cast) -> None:
    client = Client()
    assert sign_in(client, shared="on").cookies["session"]["max-age"] == 600
    ends = Session.objects.get(session_key=client.session.session_key).expire_date
    assert ends == NOW + 10 * MINUTE


def test_what_a_page_sends_by_itself_keeps_nobody_in(people: Cast, moment: time_machine.Traveller) -> None:
    """A message that comes in is told as shown, and a page that is over asks for the sign-in page: nobody did that."""
    pair = open_conversation(
        actor=people.mina, programme=people.programme, people=[people.mina, people.theo], now=NOW
    )
    client = shared()
    moment.shift(6 * MINUTE)
    read = client.post(f"/messages/{pair.public_id}/read/", {"up_to": "1"}, headers=BY_ITSELF)
    assert read.status_code == 200
    assert "Passphrase" in client.get("/sign-in/?again=1").content.decode()
    moment.shift(5 * MINUTE)
    assert not is_in(client)


def test_saying_still_here_keeps_it(people: Cast, moment: time_machine.Traveller) -> None:
    client = shared()
    moment.shift(timedelta(seconds=20))
    assert client.post("/sign-in/stay/").json() == {"left": 580}, "kept just now: not written again"
    moment.shift(9 * MINUTE)
    assert client.post("/sign-in/stay/").json() == {"left": 600}
    moment.shift(9 * MINUTE)
    assert is_in(client)
    moment.shift(11 * MINUTE)
    assert client.post("/sign-in/stay/").status_code == 302


def test_another_device_of_the_person_is_not_touched(people: Cast, moment: time_machine.Traveller) -> None:
    own, library = Client(), shared()
    assert sign_in(own).cookies["session"]["max-age"] == 60 * 60 * 24 * 30
    moment.shift(timedelta(days=20))
    assert is_in(own) and not is_in(library)


def test_nobody_else_pays_for_it(people: Cast, moment: time_machine.Traveller) -> None:
    """The same questions on both, and a shared device is written at most twice a minute."""
    own, library = Client(), shared()
    sign_in(own)
    counts = []
    for client in (own, library):
        client.get("/me/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/me/")
        counts.append(len(asked))
        assert not any(each["sql"].startswith("UPDATE") for each in asked)
    assert counts[0] == counts[1]
    moment.shift(MINUTE)
    with CaptureQueriesContext(connection) as asked:
        own.get("/me/")
    assert not any(each["sql"].startswith(("UPDATE", "INSERT", "DELETE")) for each in asked)


def test_a_planted_session_is_not_kept(people: Cast) -> None:
    client = Client()
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["session"] = session.session_key
    planted = session.session_key
    sign_in(client, shared="on")
    assert client.session.session_key != planted
    assert not Session.objects.filter(session_key=planted).exists()


def _six_digits(people: Cast) -> Client:
    app = pyotp.TOTP(services.prepare_authenticator(actor=people.cora, now=timezone.now()))
    before = timezone.now() - 2 * MINUTE
    services.confirm_authenticator(actor=people.cora, code=app.at(before + MINUTE / 2), now=before)
    client = Client()
    assert sign_in(client, "Cora", shared="on").headers["Location"] == "/sign-in/digits/"
    assert client.post("/sign-in/digits/", {"code": app.at(timezone.now())}).status_code == 302
    return client


def _way_back(people: Cast) -> Client:
    code = services.new_way_back(actor=people.mina, now=NOW)
    client = Client()
    assert (
        client.post("/sign-in/way-back/", {"name": "Mina", "code": code, "shared": "on"}).status_code == 200
    )
    return client


def _one_time_code(people: Cast) -> Client:
    code = services.invite(actor=people.adil, name="Nadia", now=NOW)
    client = Client()
    words = {"new": "five tall green trees", "again": "five tall green trees"}
    assert client.post("/join/code/", {"code": code, "shared": "on", **words}).status_code == 302
    return client


@pytest.mark.parametrize("way", [_six_digits, _way_back, _one_time_code])
def test_every_way_in_offers_it(people: Cast, moment: time_machine.Traveller, way: Any) -> None:
    client = way(people)
    assert client.cookies["session"]["max-age"] == 600
    moment.shift(9 * MINUTE)
    assert client.get("/me/").status_code == 200
    moment.shift(11 * MINUTE)
    assert client.get("/me/").status_code == 302


@pytest.mark.parametrize("ticked", [True, False])
def test_a_passkey_offers_it(people: Cast, monkeypatch: pytest.MonkeyPatch, ticked: bool) -> None:
    """What the device proves is believed here; tests/journeys has the real ceremony."""
    Passkey.objects.create(person=people.mina, credential_id=b"1", public_key=b"1", label="A", added_at=NOW)
    proven = SimpleNamespace(new_sign_count=1, user_verified=True)
    monkeypatch.setattr(webauthn, "verify_authentication_response", lambda **_: proven)
    client = Client()
    client.post("/sign-in/passkey/options/")
    door = "/sign-in/passkey/?shared=1" if ticked else "/sign-in/passkey/"
    client.post(door, {"rawId": "MQ"}, content_type="application/json")
    assert (client.cookies["session"]["max-age"] == 600) is ticked


def test_nothing_stays_on_the_device(people: Cast) -> None:
    pair = open_conversation(
        actor=people.mina, programme=people.programme, people=[people.mina, people.theo], now=NOW
    )
    own, library = Client(), shared()
    sign_in(own)
    assert attempts.COOKIE in own.cookies and attempts.COOKIE not in library.cookies
    pages = [each.get(f"/messages/{pair.public_id}/").content.decode() for each in (own, library)]
    assert ['data-seal=""' in page for page in pages] == [False, True], "unsent words are sealed with this"
    pushes = ["data-push=" in each.get("/me/notices/").content.decode() for each in (own, library)]
    assert pushes == [True, False]
    assert library.post("/sign-out/").headers["Clear-Site-Data"] == '"cache", "storage"'


def test_the_page_leaves_the_screen_with_and_without_a_script(people: Cast) -> None:
    own, library = Client(), shared()
    sign_in(own)
    with_it, without = library.get("/me/").content.decode(), own.get("/me/").content.decode()
    assert '<meta http-equiv="refresh" content="610;url=/sign-in/?again=1">' in with_it
    assert 'data-left="600"' in with_it and "ui/js/shared.js" in with_it
    assert "http-equiv" not in without and "shared.js" not in without and 'id="idle"' not in without
    assert library.get("/me/").headers["Cache-Control"] == "no-store"


def test_where_i_am_signed_in_says_which_is_shared(people: Cast) -> None:
    library = shared()
    assert Device.objects.get(session_key=library.session.session_key).label.endswith(", shared")
    assert ", shared" in library.get("/me/devices/").content.decode()


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    callers.forget_all()
    return make_cast()


def runs_out_in(who: bytes, seconds: float) -> None:
    key = who.decode().partition("=")[2]
    Session.objects.filter(session_key=key).update(expire_date=timezone.now() + timedelta(seconds=seconds))


def _later(who: bytes, seconds: float) -> None:
    runs_out_in(who, seconds)
    close()


@pytest.mark.parametrize("does_something", [False, True])
def test_an_open_stream_ends_with_its_session(cast: Cast, does_something: bool) -> None:
    library, own, other = cookie(cast.mina), cookie(cast.mina), cookie(cast.theo)
    runs_out_in(library, 1.0)

    async def tell() -> None:
        streams = [asyncio.ensure_future(ask("GET", "/live", who=each)) for each in (library, own, other)]
        await asyncio.sleep(0.3)
        assert not any(each.done() for each in streams)
        if does_something:
            await asyncio.to_thread(_later, library, 600)
        await asyncio.sleep(1.5)
        assert [each.done() for each in streams] == [not does_something, False, False]

    story(tell)


def test_the_lane_does_not_remember_a_session_that_ran_out(cast: Cast) -> None:
    library = cookie(cast.mina)
    pair = open_conversation(
        actor=cast.mina, programme=cast.programme, people=[cast.mina, cast.theo], now=NOW
    )
    runs_out_in(library, 1.0)

    async def tell() -> None:
        typing = f"/messages/{pair.public_id}/typing"
        assert (await ask("POST", typing, who=library)).status == 200
        await asyncio.sleep(1.2)
        assert (await ask("POST", typing, who=library)).status == 401

    story(tell)
