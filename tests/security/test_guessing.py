"""Guessing is slow, tells nothing about who is here, and can lock nobody out. Time is moved, nobody waits."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from companionway.people import attempts, services
from companionway.people.models import Person
from tests.cast import NOW, PASSPHRASE, Cast
from tests.security.doors import (
    CODE_PAGE,
    SLOW,
    at,
    code_app,
    fails,
    guess,
    word_of,
)


@pytest.fixture
def cast(people: Cast) -> Cast:
    return people


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
                tried += fails(f"10.{hour}.0.{number}", "Mina")
            moment.shift(timedelta(hours=1, seconds=1))
        assert tried == 24 * 20

    def test_spraying_one_passphrase_over_many_names_is_capped(self, cast: Cast, moment: Any) -> None:
        tried = [fails("203.0.113.7", f"Name {number}") for number in range(198)]
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
        app = code_app(cast.cora)
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
        said = [word_of(client.post("/sign-in/way-back/", {"name": "Mina", "code": "x"})) for _ in range(6)]
        assert said == ["wrong"] * 5 + ["slow"]
        assert word_of(client.post("/sign-in/way-back/", {"name": "Mina", "code": code})) == "slow"
        moment.shift(timedelta(minutes=16))
        assert client.post("/sign-in/way-back/", {"name": "Mina", "code": code}).status_code == 200

    def test_help_now_is_never_closed(self, cast: Cast) -> None:
        client = at("203.0.113.1")
        for number in range(220):
            fails("203.0.113.1", f"Name {number}")
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
                fails("203.0.113.1", "Mina")
                fails(f"198.51.100.{number}", "Mina")
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
            fails(f"198.51.100.{number}", "Mina")
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
