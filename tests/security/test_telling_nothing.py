"""The doors tell nothing about who is here; codes open once; only our own proxy is believed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher, get_hashers
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils import timezone

from companionway.people import attempts, services
from companionway.people.models import OneTimeCode, Person
from companionway.people.services import _ways_in
from tests.cast import NOW, PASSPHRASE, Cast
from tests.security.doors import (
    CODE_PAGE,
    WRONG,
    at,
    code_app,
    guess,
    without_what_was_typed,
    word_of,
)


@pytest.fixture
def cast(people: Cast) -> Cast:
    return people


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
            said.add((reply.status_code, without_what_was_typed(reply.content.decode(), name)))
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
            said.append((without_what_was_typed(reply.content.decode(), name), len(counted)))
        assert said[0] == said[1] and said[0][1] == 0

    def test_the_second_proof_is_asked_only_after_the_first(self, cast: Cast) -> None:
        code_app(cast.cora)
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
        app = code_app(cast.cora)
        client, other = at("203.0.113.1"), at("203.0.113.2")
        for each in (client, other):
            each.post("/sign-in/", {"name": "Cora", "passphrase": PASSPHRASE})
        code = app.at(timezone.now())
        assert client.post("/sign-in/digits/", {"code": code}).status_code == 302
        assert other.post("/sign-in/digits/", {"code": code}).status_code == 422

    def test_somebody_erased_between_the_two_proofs_is_sent_to_the_door(self, cast: Cast) -> None:
        code_app(cast.cora)
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
            word_of(
                at("203.0.113.1").post(
                    "/sign-in/",
                    {"name": "Mina", "passphrase": "no"},
                    headers={"X-Forwarded-For": f"198.51.100.{number}"},
                )
            )
            for number in range(6)
        ]
        assert said == ["wrong"] * 5 + ["slow"]
