"""The pages: the same for members and staff, none for strangers. What was typed is never lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from companionway.clubhouse import services
from companionway.clubhouse.models import (
    Hand,
    Here,
    HouseMeeting,
    Missed,
    Task,
    Unit,
)
from companionway.clubhouse.services import Wish
from companionway.people.models import Person, RoleHeld
from tests.cast import NOW
from tests.rooms.clubhouse.conftest import (
    MONDAY,
    TODAY,
    Home,
    draft,
    meeting,
    place,
    task,
)
from tests.rooms.clubhouse.conftest import working as at_work

ComeIn = Callable[[Person], Client]
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The doors read the clock: it stands at NOW."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    yield


def text(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return " ".join(answer.content.decode().split())


def at(name: str, thing: Any, *more: str) -> str:
    return reverse(f"clubhouse:{name}", args=[thing.public_id, *more])


def test_a_day_on_the_board(home: Home, come_in: ComeIn) -> None:
    row, mina = task(home, hands=2), come_in(home.mina)
    assert mina.get(reverse("clubhouse:houses"))["Location"] == at("today", home.programme)
    shown = text(mina.get(at("today", home.programme)))
    assert "Peel potatoes" in shown and "Free: whoever likes can take it." in shown
    assert "overdue" not in shown and 'class="alert' not in shown
    mina.post(at("task", row, "take"))
    assert "We need one more pair of hands." in text(come_in(home.cora).get(at("today", home.programme)))
    cora = come_in(home.cora)
    cora.post(at("task", row, "take"))
    cora.post(at("task", row, "hand-on"))
    cora.post(at("task", row, "done"))
    cora.post(at("task", row, "thanks"))
    cora.post(at("task", row, "nonsense"))
    shown = text(come_in(home.mina).get(at("today", home.programme)))
    assert "Done. Thank you." in shown and "Thank you says Cora" in shown
    assert Hand.objects.count() == 2


def test_paper_has_the_work_and_no_names(home: Home, come_in: ComeIn) -> None:
    row = task(home)
    services.take_task(actor=home.nils, task=row, now=NOW)
    shown = text(come_in(home.mina).get(at("paper", home.programme)))
    assert "Peel potatoes" in shown and "Nils" not in shown


def test_a_day_that_is_over_shows_today(home: Home, come_in: ComeIn) -> None:
    row = task(home)
    Task.objects.filter(pk=row.pk).update(day=TODAY - DAY, title="Yesterday's bread")
    mina = come_in(home.mina)
    for day in ((TODAY - DAY).isoformat(), "x", "2026-99-99", (TODAY + 9 * DAY).isoformat()):
        assert "Yesterday&#x27;s bread" not in text(mina.get(at("today", home.programme), {"day": day}))


def test_units(home: Home, come_in: ComeIn) -> None:
    nils = come_in(home.nils)
    made = nils.post(at("new_unit", home.programme), {"name": "Garden", "about": "Beans"})
    unit = Unit.objects.get(name="Garden")
    assert made["Location"] == at("unit", unit)
    shown = text(nils.post(at("new_unit", home.programme), {"name": "Garden", "about": "My words"}))
    assert "There is a unit with this name already." in shown and "My words" in shown
    nils.post(at("change_unit", unit), {"name": "Yard", "about": "Beans"})
    nils.post(at("care", unit))
    nils.post(at("mine", unit), {"mine": "yes"})
    given = {"title": "Water", "part": "morning", "hands": 1, "deed": "", "about": ""}
    nils.post(at("add_task", unit), {**given, "day": TODAY.isoformat()})
    nils.post(at("add_recurring", unit), {**given, "weekdays": ["0"]})
    shown = text(nils.get(at("unit", unit)))
    assert "Yard" in shown and "Nils cares for this unit." in shown and shown.count("Water") == 3
    assert "Please choose at least one" in text(nils.post(at("add_recurring", unit), given))
    nils.post(at("stop_recurring", unit.recurring.get()))
    nils.post(at("close_unit", unit))
    assert nils.get(at("unit", unit)).status_code == 404


def test_hours(home: Home, come_in: ComeIn) -> None:
    mina = come_in(home.mina)
    given = {"opens": "10:00", "midday": "13:00", "closes": "16:00", "weekdays": ["5"]}
    assert mina.post(at("hours", home.programme), given).status_code == 302
    assert "10:00 – 16:00" in text(mina.get(at("today", home.programme)))
    shown = text(mina.post(at("hours", home.programme), {**given, "opens": "17:00"}))
    assert "in their order" in shown and "17:00" in shown


def test_here_and_back(home: Home, come_in: ComeIn) -> None:
    mina = come_in(home.mina)
    mina.post(at("here", home.programme), {"here": "yes"})
    assert "You are here today." in text(mina.get(at("today", home.programme)))
    assert "Days you were here" in text(mina.get(at("reach", home.programme)))
    for page in ("today", "reach"):
        assert "Days you were here" not in text(come_in(home.cora).get(at(page, home.programme)))
    come_in(home.mina).post(at("here", home.programme), {"here": "no"})
    assert not Here.objects.exists()
    RoleHeld.objects.filter(person=home.mina).update(until_at=NOW)
    mina = come_in(Person.objects.get(pk=home.mina.pk))
    assert mina.get(at("today", home.programme)).status_code == 404
    assert "I am back" in text(mina.get(reverse("clubhouse:houses")))
    mina.post(at("back", home.programme))
    assert mina.get(at("today", home.programme)).status_code == 200
    assert mina.post(at("back", home.elsewhere)).status_code == 404


def test_the_house_meeting(home: Home, come_in: ComeIn) -> None:
    mina = come_in(home.mina)
    mina.post(at("meetings", home.programme), {"on": TODAY.isoformat()})
    made = HouseMeeting.objects.get()
    mina.post(at("add_item", made), {"item-words": "Could lunch be later?"})
    item = made.items.get()
    mina.post(at("open_meeting", made))
    nils = come_in(home.nils)
    nils.post(at("decide", made), {"words": "Lunch at one.", "how": "consensus"})
    nils.post(at("act", made), {"act-words": "Tell the baker.", "act-is_mine": "on"})
    nils.post(at("minutes", made), {"words": "We met.", "after": "0"})
    shown = text(nils.get(at("meeting", made)))
    for words in (
        "Could lunch be later?",
        "Lunch at one.",
        "Tell the baker.",
        "We met.",
        "Nobody was against it",
    ):
        assert words in shown
    behind = text(nils.post(at("minutes", made), {"words": "My other words.", "after": "0"}))
    assert "a newer version meanwhile" in behind and "My other words." in behind
    assert 'name="after" value="1"' in behind
    assert "Please write something here." in text(nils.post(at("decide", made), {"words": "", "how": "vote"}))
    nils.post(at("action", made.actions.get(), "done"))
    nils.post(at("action", made.actions.get(), "nonsense"))
    nils.post(at("take_item_back", item))
    assert made.items.count() == 1, "only whoever wrote it takes it back"
    nils.post(at("close_meeting", made))
    nils.post(at("agree", made), {"number": "1"})
    assert HouseMeeting.objects.get().state == "closed"
    assert "Lunch at one." in text(nils.get(at("meetings", home.programme)))


def test_strangers_get_what_is_not_there(home: Home, come_in: ComeIn) -> None:
    row, made, where = task(home), meeting(home), at_work(home)
    record, wish = draft(home), Wish(days=5, way="letter", named=[home.nils])
    services.choose_reach(actor=home.mina, programme=home.programme, wish=wish, now=NOW)
    services.list_missed(actor=None, now=NOW + 9 * DAY)
    pages = [
        *(at(name, home.programme) for name in ("today", "paper", "hours", "new_unit", "meetings", "records",
                                                 "reach", "work", "new_place")),
        at("unit", home.kitchen), at("meeting", made), at("place", where), at("record", record),
    ]  # fmt: skip
    for who in (home.sam, home.cast.ruth, home.cast.adil):
        stranger = come_in(who)
        assert [stranger.get(page).status_code for page in pages] == [404] * len(pages)
        assert stranger.post(at("task", row, "take")).status_code == 404
        assert stranger.post(at("take_missed", Missed.objects.get())).status_code == 404


@pytest.mark.parametrize("page", ["today", "meetings", "records", "reach", "work"])
def test_one_and_three_rows_ask_the_same(home: Home, come_in: ComeIn, page: str) -> None:
    asked = []
    for more in (1, 2):
        for _each in range(more):
            number = Task.objects.count()
            task(home, title=f"Task {number}")
            services.arrange_meeting(
                actor=home.mina, programme=home.programme, on=MONDAY + number * DAY, now=NOW
            )
            place(home, title=f"Work {number}")
            kind = ("goal", "talk", "work")[number]
            services.ask_for_record(
                actor=home.theo, programme=home.programme, member=home.mina, other=home.theo, kind=kind, now=NOW
            )  # fmt: skip
            who = (home.nils, home.olive, home.cora)[number]
            chosen = Wish(days=5, way="letter", named=[home.mina])
            services.choose_reach(actor=who, programme=home.programme, wish=chosen, now=NOW)
            services.list_missed(actor=None, now=NOW + 9 * DAY)
        mina = come_in(home.mina)
        mina.get(at(page, home.programme))
        with CaptureQueriesContext(connection) as seen:
            text(mina.get(at(page, home.programme)))
        asked.append(len(seen))
    assert asked[0] == asked[1], asked


def test_titles_say_nothing_of_anybody(home: Home, come_in: ComeIn) -> None:
    pages = (at("today", home.programme), at("unit", home.kitchen), at("record", draft(home)))
    for page in pages:
        title = text(come_in(home.mina).get(page)).partition("</title>")[0]
        for word in ("Quay House", "Kitchen", "Theo", "Mina", "A goal"):
            assert word not in title
