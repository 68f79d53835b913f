"""Guessing is slow, tells nothing about who is here, and can lock nobody out. Time is moved, nobody waits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, ClassVar

import pyotp
import pytest
import time_machine
from django.contrib.auth.hashers import MD5PasswordHasher, get_hashers
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.utils import timezone

from companionway.people import attempts, services
from companionway.people.models import OneTimeCode, Person
from companionway.people.services import _ways_in
from tests.cast import NOW, PASSPHRASE, Cast, make_cast

WRONG = "do not belong together"
SLOW = "wait a quarter of an hour"
CODE_PAGE = "/join/code/"


@pytest.fixture
def moment(settings: Any) -> Iterator[time_machine.Traveller]:
    settings.VALKEY_URL = ""  # Valkey has a clock of its own, which no test can move
    with time_machine.travel(NOW, tick=False) as traveller:
        attempts.forget_all()
        yield traveller
        attempts.forget_all()


@pytest.fixture
def cast(db: None, moment: time_machine.Traveller) -> Cast:
    made = make_cast()
    for person in (made.mina, made.theo, made.cora):
        person.set_password(PASSPHRASE)
        person.save()
    return made


def at(address: str) -> Client:
    return Client(REMOTE_ADDR=address)


def guess(client: Client, name: str = "Mina", passphrase: str = "no") -> str:
    reply = client.post("/sign-in/", {"name": name, "passphrase": passphrase})
    return "in" if reply.status_code == 302 else _word(reply)


def _fails(address: str, name: str) -> bool:
    """One more wrong passphrase, without drawing a page; whether it was tried at all."""
    tried = attempts.attempt(RequestFactory(REMOTE_ADDR=address).get("/"), "passphrase", name)
    if attempts.is_too_many(tried):
        return False
    attempts.note_failure(tried)
    return True


def _word(reply: Any) -> str:
    page = reply.content.decode()
    return "slow" if SLOW in page else "wrong" if WRONG in page else page


class TestSlowingDown:
    def test_five_wrong_answers_in_a_quarter_of_an_hour(self, cast: Cast, moment: Any) -> None:
        said = []
        for _ in range(7):
            said.append(guess(at("203.0.113.1")))
            moment.shift(timedelta(minutes=1))
        assert said == ["wrong"] * 5 + ["slow"] * 2
        assert guess(at("203.0.113.1"), passphrase=PASSPHRASE) == "slow"
        assert guess(at("203.0.113.2"), passphrase=PASSPHRASE) == "in"
        moment.shift(timedelta(minutes=10))
        assert guess(at("203.0.113.1"), passphrase=PASSPHRASE) == "in"

    def test_a_right_answer_begins_the_count_anew(self, cast: Cast) -> None:
        client = at("203.0.113.1")
        for _ in range(3):
            assert [guess(client) for _ in range(4)] == ["wrong"] * 4
            assert guess(client, passphrase=PASSPHRASE) == "in"
            client = at("203.0.113.1")

    def test_one_name_from_everywhere_is_capped_at_twenty_an_hour(self, cast: Cast, moment: Any) -> None:
        said = [guess(at(f"203.0.113.{number}")) for number in range(40)]
        assert said.count("wrong") == 20 and said[20:] == ["slow"] * 20
        moment.shift(timedelta(minutes=61))
        assert guess(at("203.0.113.99")) == "wrong"

    def test_a_day_of_guessing_from_a_thousand_addresses_tries_few(self, cast: Cast, moment: Any) -> None:
        tried = 0
        for hour in range(24):
            for number in range(40):
                tried += _fails(f"10.{hour}.0.{number}", "Mina")
            moment.shift(timedelta(hours=1, seconds=1))
        assert tried == 24 * 20

    def test_spraying_one_passphrase_over_many_names_is_capped(self, cast: Cast, moment: Any) -> None:
        tried = [_fails("203.0.113.7", f"Name {number}") for number in range(198)]
        said = [guess(at("203.0.113.7"), f"More {number}") for number in range(4)]
        assert all(tried) and said == ["wrong", "wrong", "slow", "slow"]
        assert guess(at("203.0.113.7"), "Theo", PASSPHRASE) == "slow"
        assert guess(at("203.0.113.8"), "Theo", PASSPHRASE) == "in"

    def test_case_and_spaces_are_the_same_name(self, cast: Cast) -> None:
        said = [
            guess(at("203.0.113.1"), name) for name in ("Mina", " mina", "MINA ", "ｍｉｎａ", "mInA", "Mina")
        ]
        assert said == ["wrong"] * 5 + ["slow"]

    def test_codes_for_the_second_proof_are_tried_five_times(self, cast: Cast) -> None:
        app = _code_app(cast.cora)
        client = at("203.0.113.1")
        client.post("/sign-in/", {"name": "Cora", "passphrase": PASSPHRASE})
        for _ in range(5):
            assert SLOW not in client.post("/sign-in/digits/", {"code": "000000"}).content.decode()
        assert SLOW in client.post("/sign-in/digits/", {"code": app.at(timezone.now())}).content.decode()
        again = at("203.0.113.1")  # a new session of the same guesser is the same guesser
        again.post("/sign-in/", {"name": "Cora", "passphrase": PASSPHRASE})
        assert SLOW in again.post("/sign-in/digits/", {"code": app.at(timezone.now())}).content.decode()

    def test_the_present_passphrase_is_not_guessed_at_an_open_screen(self, cast: Cast) -> None:
        client = at("203.0.113.1")
        client.force_login(cast.mina)
        new = {"new": "five tall green trees", "again": "five tall green trees"}
        for _ in range(5):
            client.post("/me/ways-in/passphrase/", {**new, "now": "no"})
        client.post("/me/ways-in/passphrase/", {**new, "now": PASSPHRASE})
        assert Person.objects.get(pk=cast.mina.pk).check_password(PASSPHRASE)

    def test_way_back_words_are_tried_five_times(self, cast: Cast, moment: Any) -> None:
        code = services.new_way_back(actor=cast.mina, now=NOW)
        client = at("203.0.113.1")
        said = [_word(client.post("/sign-in/way-back/", {"name": "Mina", "code": "x"})) for _ in range(6)]
        assert said == ["wrong"] * 5 + ["slow"]
        assert _word(client.post("/sign-in/way-back/", {"name": "Mina", "code": code})) == "slow"
        moment.shift(timedelta(minutes=16))
        assert client.post("/sign-in/way-back/", {"name": "Mina", "code": code}).status_code == 200

    def test_help_now_is_never_closed(self, cast: Cast) -> None:
        client = at("203.0.113.1")
        for number in range(220):
            _fails("203.0.113.1", f"Name {number}")
        assert guess(client, "Mina", PASSPHRASE) == "slow"
        assert client.get("/help-now/").status_code == 200
        assert client.get("/sign-in/").status_code == 200


class TestNobodyIsLockedOut:
    def test_a_browser_that_was_in_before_gets_in_whatever_strangers_do(
        self, cast: Cast, moment: Any
    ) -> None:
        """From the very address the guesser uses: two people may share a home."""
        known = at("203.0.113.1")
        assert guess(known, passphrase=PASSPHRASE) == "in"
        known.post("/sign-out/")
        for hour in range(3):
            for number in range(40):
                _fails("203.0.113.1", "Mina")
                _fails(f"198.51.100.{number}", "Mina")
            assert guess(at("203.0.113.1"), passphrase=PASSPHRASE) == "slow", hour
            assert guess(known, passphrase=PASSPHRASE) == "in"
            known.post("/sign-out/")
            moment.shift(timedelta(minutes=61))

    def test_a_known_browser_still_cannot_guess_for_ever(self, cast: Cast) -> None:
        known = at("203.0.113.1")
        guess(known, passphrase=PASSPHRASE)
        known.post("/sign-out/")
        assert [guess(known) for _ in range(6)] == ["wrong"] * 5 + ["slow"]

    def test_the_mark_of_one_person_is_none_for_another(self, cast: Cast) -> None:
        theos = at("203.0.113.1")
        guess(theos, "Theo", PASSPHRASE)
        theos.post("/sign-out/")
        for number in range(30):
            _fails(f"198.51.100.{number}", "Mina")
        assert guess(theos, "Mina", PASSPHRASE) == "slow"

    @pytest.mark.parametrize("forged", ["", "x", "WyJ4Il0:1:x", '["a"]'])
    def test_a_mark_is_not_forged(self, cast: Cast, forged: str) -> None:
        client = at("203.0.113.1")
        client.cookies[attempts.COOKIE] = forged
        for _ in range(5):
            guess(client)
        assert guess(client, passphrase=PASSPHRASE) == "slow"

    @pytest.mark.parametrize(
        "page,body,content_type",
        [
            (
                CODE_PAGE,
                {"code": "x", "new": "five tall green trees", "again": "five tall green trees"},
                None,
            ),
            ("/sign-in/passkey/", "{}", "application/json"),
        ],
        ids=["one-time code", "passkey"],
    )
    def test_doors_without_a_name_close_to_the_guesser_only(
        self, cast: Cast, page: str, body: Any, content_type: str | None
    ) -> None:
        more = {"content_type": content_type} if content_type else {}
        for number in range(5):
            for _ in range(6):
                at(f"198.51.100.{number}").post(page, body, **more)
        slowed = at("198.51.100.1").post(page, body, **more)
        fresh = at("203.0.113.1").post(page, body, **more)
        assert "quarter of an hour" in slowed.content.decode()
        assert "quarter of an hour" not in fresh.content.decode()

    def test_a_known_browser_shows_its_passkey_beside_a_guesser_in_the_same_home(self, cast: Cast) -> None:
        known = at("203.0.113.1")
        guess(known, passphrase=PASSPHRASE)
        known.post("/sign-out/")
        for _ in range(6):
            at("203.0.113.1").post("/sign-in/passkey/", "{}", content_type="application/json")
        slowed = at("203.0.113.1").post("/sign-in/passkey/", "{}", content_type="application/json")
        assert slowed.status_code == 429
        assert known.post("/sign-in/passkey/", "{}", content_type="application/json").status_code == 400


class Counting(MD5PasswordHasher):
    """The tests' quick hash, counted: what would cost half a second in service."""

    asked: ClassVar[list[str]] = []

    def encode(self, password: str, salt: str) -> str:
        self.asked.append(password)
        return super().encode(password, salt)


@pytest.fixture
def counted(settings: Any) -> Iterator[list[str]]:
    settings.PASSWORD_HASHERS = [f"{__name__}.Counting"]
    get_hashers.cache_clear()
    _ways_in._nobodys_hash()  # made once in the life of a process
    Counting.asked.clear()
    yield Counting.asked
    _ways_in._nobodys_hash.cache_clear()


class TestNothingIsTold:
    """Not by words, status or headers, and not by work: the slow hash is asked as often for a stranger's name."""

    NAMES: ClassVar = {"known": "Mina", "unknown": "Nobody", "came by passkey only": "Ruth", "erased": "Theo"}

    @pytest.mark.parametrize("page", ["/sign-in/", "/sign-in/way-back/"])
    def test_every_name_is_answered_alike(self, cast: Cast, counted: list[str], page: str) -> None:
        services.delete_everything(actor=cast.theo, now=NOW)
        said, work = set(), {}
        for number, (kind, name) in enumerate(self.NAMES.items()):
            counted.clear()
            field = "passphrase" if page == "/sign-in/" else "code"
            reply = at(f"203.0.113.{number}").post(page, {"name": name, field: "no"})
            said.add((reply.status_code, _without_what_was_typed(reply.content.decode(), name)))
            work[kind] = len(counted)
        assert len(said) == 1
        assert work == dict.fromkeys(self.NAMES, 1)

    def test_the_count_sees_a_shortcut(
        self, cast: Cast, counted: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The fault planted: no hash for a name that is not here."""
        monkeypatch.setattr("companionway.people.backends.make_password", lambda passphrase: "")
        guess(at("203.0.113.1"), "Nobody")
        assert counted == []

    def test_a_slowed_door_tells_no_more(self, cast: Cast, counted: list[str]) -> None:
        said = []
        for name in ("Mina", "Nobody"):
            for _ in range(5):
                guess(at("203.0.113.1"), name)
            counted.clear()
            reply = at("203.0.113.1").post("/sign-in/", {"name": name, "passphrase": PASSPHRASE})
            said.append((_without_what_was_typed(reply.content.decode(), name), len(counted)))
        assert said[0] == said[1] and said[0][1] == 0

    def test_the_second_proof_is_asked_only_after_the_first(self, cast: Cast) -> None:
        _code_app(cast.cora)
        wrong = at("203.0.113.1").post("/sign-in/", {"name": "Cora", "passphrase": "no"})
        assert wrong.status_code == 422 and WRONG in wrong.content.decode()


class TestCodes:
    def test_a_one_time_code_opens_once_and_not_after_its_day(self, cast: Cast, moment: Any) -> None:
        first = services.invite(
            actor=cast.adil, name="Wren", role="member", programme=cast.programme, now=NOW
        )
        new = {"new": "five tall green trees", "again": "five tall green trees"}
        assert at("203.0.113.1").post(CODE_PAGE, {"code": first, **new}).status_code == 302
        assert at("203.0.113.2").post(CODE_PAGE, {"code": first, **new}).status_code == 422
        late = services.invite(actor=cast.adil, name="Rook", role="member", programme=cast.programme, now=NOW)
        moment.shift(timedelta(days=7, seconds=1))
        assert at("203.0.113.3").post(CODE_PAGE, {"code": late, **new}).status_code == 422

    def test_a_new_code_makes_the_earlier_one_worthless(self, cast: Cast) -> None:
        first = services.invite(
            actor=cast.adil, name="Wren", role="member", programme=cast.programme, now=NOW
        )
        wren = Person.objects.get(name="Wren")
        services.invite(actor=cast.adil, person=wren, now=NOW)
        new = {"new": "five tall green trees", "again": "five tall green trees"}
        assert at("203.0.113.1").post(CODE_PAGE, {"code": first, **new}).status_code == 422

    def test_no_code_is_kept_as_it_was_given(self, cast: Cast) -> None:
        code = services.invite(actor=cast.adil, name="Wren", now=NOW)
        back = services.new_way_back(actor=cast.mina, now=NOW)
        kept = OneTimeCode.objects.get().code_hash + Person.objects.get(pk=cast.mina.pk).way_back_hash
        assert not any(word in kept for word in [*code.split(), *back.split()] if len(word) > 3)

    def test_a_code_of_the_app_opens_once(self, cast: Cast) -> None:
        app = _code_app(cast.cora)
        client, other = at("203.0.113.1"), at("203.0.113.2")
        for each in (client, other):
            each.post("/sign-in/", {"name": "Cora", "passphrase": PASSPHRASE})
        code = app.at(timezone.now())
        assert client.post("/sign-in/digits/", {"code": code}).status_code == 302
        assert other.post("/sign-in/digits/", {"code": code}).status_code == 422

    def test_somebody_erased_between_the_two_proofs_is_sent_to_the_door(self, cast: Cast) -> None:
        _code_app(cast.cora)
        client = at("203.0.113.1")
        client.post("/sign-in/", {"name": "Cora", "passphrase": PASSPHRASE})
        services.delete_everything(actor=cast.cora, now=NOW)
        assert client.get("/sign-in/digits/").headers["Location"] == "/sign-in/"


class TestWhereARequestComesFrom:
    @pytest.mark.parametrize(
        "trusted,remote,said,address",
        [
            (["127.0.0.1"], "203.0.113.9", "10.0.0.1", "203.0.113.9"),
            (["127.0.0.1"], "127.0.0.1", "198.51.100.1", "198.51.100.1"),
            (["127.0.0.1"], "127.0.0.1", "10.9.9.9, 198.51.100.1", "198.51.100.1"),
            (["127.0.0.1", "10.0.0.0/8"], "127.0.0.1", "198.51.100.1, 10.1.1.1", "198.51.100.1"),
            (["127.0.0.1"], "127.0.0.1", "", "127.0.0.1"),
            (["127.0.0.1"], "127.0.0.1", "nonsense", "nonsense"),
            ([], "127.0.0.1", "198.51.100.1", "127.0.0.1"),
            (["unix"], "", "198.51.100.1", "198.51.100.1"),
            (["127.0.0.1"], "", "198.51.100.1", ""),
            (["2001:db8::/32"], "2001:db8::1", "198.51.100.1", "198.51.100.1"),
        ],
    )
    def test_only_our_own_proxy_is_believed(
        self, settings: Any, trusted: list[str], remote: str, said: str, address: str
    ) -> None:
        settings.TRUSTED_PROXIES = trusted
        request: HttpRequest = RequestFactory(REMOTE_ADDR=remote).get("/", headers={"X-Forwarded-For": said})
        assert attempts.address_of(request) == address

    def test_a_guesser_who_invents_addresses_is_slowed_all_the_same(self, cast: Cast) -> None:
        said = [
            _word(
                at("203.0.113.1").post(
                    "/sign-in/",
                    {"name": "Mina", "passphrase": "no"},
                    headers={"X-Forwarded-For": f"198.51.100.{number}"},
                )
            )
            for number in range(6)
        ]
        assert said == ["wrong"] * 5 + ["slow"]


def _without_what_was_typed(page: str, name: str) -> str:
    return re.sub(r'value="\w{40,}"', "", page).replace(name, "NAME")


def _code_app(person: Person) -> pyotp.TOTP:
    app = pyotp.TOTP(services.prepare_authenticator(actor=person, now=timezone.now()))
    services.confirm_authenticator(
        actor=person, code=app.at(timezone.now() - timedelta(seconds=30)), now=timezone.now()
    )
    return app
