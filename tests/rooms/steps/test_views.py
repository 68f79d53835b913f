"""The pages: without scripts, neutral over the shoulder, and nothing typed is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from companionway.people.models import Person
from companionway.people.sessions import SHARED
from companionway.steps import queries, services
from companionway.steps.models import Book, Company
from tests.cast import NOW
from tests.rooms.steps.conftest import (
    AT,
    DID,
    MET,
    NOTICED,
    PLACE,
    STEP,
    Ladder,
    agreed,
    ask,
    step_of,
    told,
)
from tests.rooms.steps.test_own_book import all_tables

ComeIn = Callable[[Person], Client]
TELLING = re.compile(r"ladder|fear|anx|social|afraid|phob|step", re.I)
JUDGING = re.compile(r"\bfail|\bscore|streak|\bgoal\b|\btarget|\d+ ?%|well done|\boverdue", re.I)


@pytest.fixture
def mina(ladder: Ladder, come_in: ComeIn) -> Client:
    return come_in(ladder.cast.mina)


def to(name: str, *args: Any) -> str:
    return reverse(f"steps:{name}", args=args)


def inside(page: Any, status: int = 200) -> str:
    """The words of the page itself, without its frame."""
    assert page.status_code == status, page.status_code
    return " ".join(page.content.decode().split("<main")[1].split("</main>")[0].split())


def pages(ladder: Ladder, row: Company) -> list[str]:
    key = ladder.key
    return [
        to("ladder"), to("add"), to("pick"), to("paper"), to("outside"), to("outside") + "?here=1",
        to("add_contact"), to("contact", "metmet01"), to("step", key), to("change", key), to("smaller", key),
        to("ask", key), to("try", key), to("change_try", key, "trytry01"), to("alongside"),
        to("company", row.public_id), to("before_going", ladder.series.public_id),
    ]  # fmt: skip


def test_every_page_works_without_scripts_and_says_nothing_over_the_shoulder(
    ladder: Ladder, mina: Client
) -> None:
    row = told(ladder)
    for address in pages(ladder, row):
        page = mina.get(address)
        shown = inside(page)
        title = page.content.decode().split("<title>")[1].split("</title>")[0]
        assert not TELLING.search(title), title
        assert not JUDGING.search(re.sub(r"<[^>]+>", " ", shown)), address
        assert "<script" not in shown and "http" not in shown.replace("http://testserver", "")


def test_a_ladder_is_built_by_hand(ladder: Ladder, come_in: ComeIn) -> None:
    """From nothing: an example, a step of one's own, moved, tried, changed, and gone."""
    theo = come_in(ladder.cast.theo)
    shown = inside(theo.get(to("ladder")))
    assert "Nothing here yet" in shown and "Stay to tea" in shown
    assert theo.post(to("pick"), {"chosen": ["4", "0"]}).status_code == 302
    given = {"words": "Knock", "place": PLACE, "series": ladder.series.public_id}
    assert theo.post(to("add"), given).status_code == 302
    first, tea, knock = queries.own_book(ladder.cast.theo).steps
    assert (first.words[:4], tea.words, knock.series) == ("Look", "Stay to tea", ladder.series.public_id)
    theo.post(to("move", knock.key), {"way": "down"})
    theo.post(to("change", tea.key), {"words": "Stay to coffee"})
    form = theo.get(to("try", knock.key)).content.decode()
    key = re.search(r'name="key" value="([^"]+)"', form)
    assert key is not None
    for _twice in range(2):
        theo.post(to("try", knock.key), {"key": key[1], "on": "2026-11-20", "before": "8", "after": "a bit"})
    shown = inside(theo.get(to("step", knock.key)))
    assert shown.count("<circle") == 1 and "a bit" in shown and "See what will happen" in shown
    steps = queries.own_book(ladder.cast.theo).steps
    assert [each.words for each in steps] == [first.words, "Knock", "Stay to coffee"]
    assert len(steps[1].tries) == 1, "sent twice, kept once"
    theo.post(to("remove_try", knock.key, key[1]))
    assert "When I tried it" not in inside(theo.get(to("step", knock.key)))
    theo.post(to("remove", knock.key))
    assert theo.get(to("step", knock.key)).status_code == 404
    theo.post(to("clear"))
    assert not Book.objects.filter(person=ladder.cast.theo).exists()


@pytest.mark.parametrize(
    ("name", "typed", "says"),
    [
        ("add", {"words": " ", "place": "The quay"}, "Please write something here"),
        ("add", {"words": "x" * 161, "place": "The quay"}, "Please shorten this"),
        (
            "add",
            {"words": "x", "place": "The quay", "series": "notthere1234"},
            "Please choose one of the answers",
        ),
        ("pick", {"chosen": ["99", "x"]}, "Please choose"),
        ("pick", {}, "Please choose at least one"),
        ("try", {"on": "yesterday", "did": "The quay"}, "Please write a date"),
        ("try", {"on": ""}, "leave it for another day"),
        ("try", {"did": "y" * 1001}, "Please shorten this"),
        ("add_contact", {"words": "The quay", "kind": "nobody", "on": "2026-11-20"}, "Please choose one"),
        ("add_contact", {"words": "The quay", "kind": "shop", "on": ""}, "Please give a date"),
        ("add_contact", {"words": "", "kind": "shop", "on": "2026-11-20"}, "Please write something here"),
    ],
)
def test_bad_input_gets_a_kind_sentence_and_nothing_is_lost(
    ladder: Ladder, mina: Client, name: str, typed: dict[str, Any], says: str
) -> None:
    before = queries.own_book(ladder.cast.mina)
    shown = inside(mina.post(to(name, ladder.key) if name == "try" else to(name), typed))
    assert says in shown
    assert "The quay" in shown or "The quay" not in typed.values()
    assert queries.own_book(ladder.cast.mina) == before


@pytest.mark.parametrize("key", ["", "x", "a/b", "'; drop", "\x00", "x" * 500, "<b>"])
def test_a_strange_key_in_a_form_is_only_a_new_entry(ladder: Ladder, mina: Client, key: str) -> None:
    assert mina.post(to("try", ladder.key), {"key": key, "did": "I went"}).status_code == 302
    assert len(step_of(ladder).tries) == 2
    for each in step_of(ladder).tries:
        assert mina.get(to("change_try", ladder.key, each.key)).status_code == 200


def test_what_is_not_there_is_not_there(ladder: Ladder, mina: Client) -> None:
    for name in ("step", "change", "smaller", "ask", "try"):
        assert mina.get(to(name, "notthere1234")).status_code == 404
    for name in ("move", "remove"):
        assert mina.post(to(name, "notthere1234")).status_code == 404
        assert mina.get(to(name, ladder.key)).status_code == 405
    for name in ("company", "before_going"):
        assert mina.get(to(name, "notthere1234")).status_code == 404
    for name in ("answer", "other_time", "stop"):
        assert mina.post(to(name, "notthere1234")).status_code == 404
    assert mina.get(to("contact", "notthere1")).status_code == 404
    assert mina.get(to("change_try", ladder.key, "notthere1")).status_code == 404


def test_whoever_is_not_signed_in_goes_to_sign_in(ladder: Ladder, client: Client) -> None:
    for address in pages(ladder, ask(ladder)):
        page = client.get(address)
        assert page.status_code == 302 and page["location"].startswith("/sign-in/")


def test_the_words_are_on_one_page_of_paper(ladder: Ladder, mina: Client) -> None:
    shown = inside(mina.get(to("paper")))
    assert STEP in shown and PLACE in shown
    assert DID not in shown and NOTICED not in shown and MET not in shown


def test_quiet_retreat_offers_something_smaller_and_keeps_nothing(ladder: Ladder, mina: Client) -> None:
    told(ladder)
    before = all_tables()
    with CaptureQueriesContext(connection) as log:
        shown = inside(mina.get(to("smaller", ladder.key)))
    assert "Put shoes on" in shown and "/help-now/" in shown and "Theo" in shown
    assert "/messages/" in shown, "a way to write to who is alongside"
    assert not [each["sql"] for each in log if not each["sql"].lstrip(" (").lower().startswith("select")]
    assert all_tables() == before
    lowest = queries.own_book(ladder.cast.mina).steps[0]
    assert "nothing at all is enough" in inside(mina.get(to("smaller", lowest.key)))


def test_only_an_agreed_person_is_named_on_the_way_back(ladder: Ladder, mina: Client) -> None:
    ask(ladder)
    assert "Theo" not in inside(mina.get(to("smaller", ladder.key)))


def test_ordinary_life_is_told_as_good_and_only_when_wanted(ladder: Ladder, mina: Client) -> None:
    shown = inside(mina.get(to("outside")))
    assert MET in shown and "<rect" in shown and "Here and outside" not in shown
    shown = inside(mina.get(to("outside") + "?here=1"))
    assert "Here and outside" in shown and "That counts" not in shown
    mina.post(
        to("contact", "metmet01"),
        {"key": "metmet01", "words": "My cousin", "kind": "family", "on": "2026-11-19"},
    )
    assert [each.words for each in queries.own_book(ladder.cast.mina).outside] == ["My cousin"]
    mina.post(to("remove_contact", "metmet01"))
    assert "There is no right number" in inside(mina.get(to("outside")))


def test_pages_ask_the_same_however_much_stands_there(ladder: Ladder, mina: Client) -> None:
    def asked() -> dict[str, int]:
        found = {}
        for name in ("ladder", "outside", "alongside", "paper"):
            with CaptureQueriesContext(connection) as log:
                inside(mina.get(to(name)))
            found[name] = len(log)
        return found

    agreed(ladder)
    asked()
    few = asked()
    for n in range(3):
        step = services.add_steps(actor=ladder.cast.mina, words=[f"x{n}"], now=NOW)[0]
        agreed(ladder, starts_at=AT + timedelta(hours=n))
        mina.post(to("try", step.key), {"did": "x"})
        mina.post(to("add_contact"), {"words": "x", "kind": "shop", "on": "2026-11-20"})
    assert asked() == few


def test_the_way_in_from_ones_own_page(ladder: Ladder, mina: Client) -> None:
    shown = inside(mina.get(reverse("people:me")))
    assert to("ladder") in shown and to("alongside") in shown and STEP not in shown


def test_the_words_of_steps_are_kept_on_ones_own_device_only_when_asked(ladder: Ladder, mina: Client) -> None:
    """The words and places, never what was tried; nothing before somebody asked, and nothing on a shared device."""
    assert STEP not in inside(mina.get("/me/own/kept/"))
    mina.post(to("device"), {"copy": "yes"})
    shown = inside(mina.get("/me/own/kept/"))
    assert STEP in shown and PLACE in shown
    assert not [secret for secret in (DID, NOTICED, MET) if secret in shown]
    assert "Keep my steps out of it" in inside(mina.get(to("ladder")))
    mina.post(to("device"), {"copy": "no"})
    assert STEP not in inside(mina.get("/me/own/kept/"))
    mina.post(to("device"), {"copy": "yes"})
    session = mina.session
    session[SHARED] = NOW.timestamp()
    session.save()
    assert mina.get("/me/own/kept/").status_code == 404
    assert "Keep my steps" not in inside(mina.get(to("ladder")))
