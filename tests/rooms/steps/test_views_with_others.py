"""The pages about others: asking somebody to be alongside, and what will happen at a meeting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from companionway.foundation.models import Record
from companionway.meetings.models import Holds, Series
from companionway.people.models import Person, Programme
from companionway.safety import services as safety
from companionway.steps import services
from companionway.steps.models import Company
from companionway.steps.states import State
from tests.cast import NOW
from tests.rooms.steps.conftest import (
    AT,
    CALLED,
    STEP,
    WORDS,
    Ladder,
    ask,
    make_series,
)
from tests.rooms.steps.test_own_book import all_tables

ComeIn = Callable[[Person], Client]


@pytest.fixture
def mina(ladder: Ladder, come_in: ComeIn) -> Client:
    return come_in(ladder.cast.mina)


def to(name: str, *args: Any) -> str:
    return reverse(f"steps:{name}", args=args)


def inside(page: Any, status: int = 200) -> str:
    """The words of the page itself, without its frame."""
    assert page.status_code == status, page.status_code
    return " ".join(page.content.decode().split("<main")[1].split("</main>")[0].split())


def test_see_what_will_happen_minute_by_minute_without_a_trace(ladder: Ladder, mina: Client) -> None:
    before = all_tables()
    with CaptureQueriesContext(connection) as log:
        shown = inside(mina.get(to("before_going", ladder.series.public_id)))
    for words in ("Welcome", "What people bring", "Ruth", "Facilitator", "Two doors lead out",
                  "A quiet seat", "What nobody will ask you", "45 minutes", "10:25"):  # fmt: skip
        assert words in shown, words
    assert not [each["sql"] for each in log if not each["sql"].lstrip(" (").lower().startswith("select")]
    assert all_tables() == before and not Record.objects.filter(subject__startswith="series").exists()


def test_what_will_happen_is_for_whoever_may_come(ladder: Ladder, come_in: ComeIn) -> None:
    address = to("before_going", ladder.series.public_id)
    assert come_in(ladder.cast.sam_the_stranger).get(address).status_code == 404
    closed = make_series(ladder.cast.programme, is_closed=True)
    assert come_in(ladder.cast.mina).get(to("before_going", closed.public_id)).status_code == 404
    Series.objects.filter(pk=ladder.series.pk).update(ended_at=NOW)
    assert come_in(ladder.cast.mina).get(address).status_code == 404


def test_a_hidden_place_and_a_person_one_is_kept_from_are_not_shown(ladder: Ladder, mina: Client) -> None:
    data = {**ladder.cast.programme.model_data}
    data["groups"] = {**data["groups"], "hides_place": True}
    Programme.objects.filter(pk=ladder.cast.programme.pk).update(model_data=data)
    safety.block_person(actor=ladder.cast.ruth, person=ladder.cast.mina, now=NOW)
    shown = inside(mina.get(to("before_going", ladder.series.public_id)))
    for hidden in ("Back room", "Bus 4", "Ruth"):
        assert hidden not in shown


def test_what_will_happen_where_little_is_settled(ladder: Ladder, mina: Client) -> None:
    Holds.objects.all().delete()
    ladder.meeting.delete()
    Programme.objects.filter(pk=ladder.cast.programme.pk).update(model_data={})
    shown = inside(mina.get(to("before_going", ladder.series.public_id)))
    assert "not settled yet" in shown and "Minute by minute" not in shown


def asked_form(ladder: Ladder, **also: str) -> dict[str, str]:
    given = {"who": f"w{ladder.walk.pk}", "words": WORDS, "day": "2026-11-23", "time": "10:00", "lasts": "2"}
    return {**given, **also}


def test_asking_and_answering_by_hand(ladder: Ladder, come_in: ComeIn) -> None:
    mina = come_in(ladder.cast.mina)
    form = asked_form(ladder, meeting=ladder.meeting.public_id, tells_holders="on", called=CALLED)
    assert mina.post(to("ask", ladder.key), form).status_code == 302
    row = Company.objects.get()
    assert (row.starts_at, row.meeting, row.tells_holders) == (AT, ladder.meeting, True)
    page = to("company", row.public_id)
    theo = come_in(ladder.cast.theo)
    assert "Mina" in inside(theo.get(to("alongside")))
    shown = inside(theo.get(page))
    assert WORDS in shown and STEP not in shown and "Report these words" in shown
    shown = inside(theo.post(to("other_time", row.public_id), {"day": "soon", "time": "18:00"}))
    assert "Please write a date" in shown and "soon" in shown
    later = {"day": "2026-11-24", "time": "18:00"}
    assert theo.post(to("other_time", row.public_id), later).status_code == 302
    mina = come_in(ladder.cast.mina)
    assert "Yes, at that time" in inside(mina.get(page))
    mina.post(to("answer", row.public_id), {"says": "other"})
    assert Company.objects.get().state == State.YES
    shown = inside(come_in(ladder.cast.ruth).get(to("alongside")))
    assert WORDS in shown and CALLED in shown and "Mina" not in shown and "Theo" not in shown
    come_in(ladder.cast.theo).post(to("stop", row.public_id))
    shown = inside(come_in(ladder.cast.mina).get(page))
    assert "This is over" in shown and WORDS not in shown and "Report these words" in shown


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"who": "w999999"}, "Please choose one"),
        ({"who": ""}, "Please choose one"),
        ({"words": ""}, "Please write something here"),
        ({"words": "z" * 301}, "Please shorten this"),
        ({"day": "2026-11-20"}, "still to come"),
        ({"day": "2027-11-20"}, "two months"),
        ({"day": "x", "time": "y"}, "Please write a date"),
        ({"lasts": "99"}, "Please choose one"),
        ({"meeting": "notthere1234"}, "Please choose one"),
        ({"tells_holders": "on"}, "choose the meeting"),
    ],
)
def test_asking_with_something_amiss(ladder: Ladder, mina: Client, typed: dict[str, str], says: str) -> None:
    shown = inside(mina.post(to("ask", ladder.key), asked_form(ladder, called=CALLED, **typed)))
    assert says in shown and CALLED in shown
    assert not Company.objects.exists()


@pytest.mark.parametrize("says", ["", "maybe", "yes", "no", "other"])
def test_an_answer_that_is_not_mine_to_give(ladder: Ladder, mina: Client, says: str) -> None:
    row = ask(ladder)
    assert mina.post(to("answer", row.public_id), {"says": says}).status_code == 302
    assert Company.objects.get().state == State.ASKED


def test_nobody_to_ask(ladder: Ladder, come_in: ComeIn) -> None:
    sam = ladder.cast.sam_the_stranger
    key = services.add_steps(actor=sam, words=["x"], now=NOW)[0].key
    assert "nobody to ask yet" in inside(come_in(sam).get(to("ask", key)))
