"""The pages: the same for members and staff, none for strangers. What was typed is never lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from companionway.clubhouse import services
from companionway.clubhouse.models import (
    Hand,
    Here,
    HouseMeeting,
    Task,
    Unit,
)
from companionway.people.models import Person, RoleHeld
from tests.cast import NOW
from tests.rooms.clubhouse.conftest import MONDAY, TODAY, Asks, ComeIn, Home, meeting, task, text

DAY = timedelta(days=1)
pytestmark = pytest.mark.usefixtures("_today")


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
    assert (
        "Yard" in shown
        and "Nils cares for this unit." in shown
        and shown.count('<strong dir="auto">Water') == 3
    )
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
    assert "21 November" in text(mina.get(at("days", home.programme)))
    cora = come_in(home.cora)
    assert "You are here today." not in text(cora.get(at("today", home.programme)))
    assert "No day yet" in text(cora.get(at("days", home.programme)))
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
    nils.post(at("decide", made), {"decision-words": "Lunch at one.", "decision-how": "consensus"})
    nils.post(at("act", made), {"act-words": "Tell the baker.", "act-is_mine": "on"})
    nils.post(at("minutes", made), {"minutes-words": "We met.", "minutes-after": "0"})
    shown = text(nils.get(at("meeting", made)))
    for words in (
        "Could lunch be later?",
        "Lunch at one.",
        "Tell the baker.",
        "We met.",
        "Nobody was against it",
    ):
        assert words in shown
    behind = text(nils.post(at("minutes", made), {"minutes-words": "My other words.", "minutes-after": "0"}))
    assert "a newer version meanwhile" in behind and "My other words." in behind
    assert 'name="minutes-after" value="1"' in behind
    assert "Please write something here." in text(
        nils.post(at("decide", made), {"decision-words": "", "decision-how": "vote"})
    )
    nils.post(at("action", made.actions.get(), "done"))
    nils.post(at("action", made.actions.get(), "nonsense"))
    nils.post(at("take_item_back", item))
    assert made.items.count() == 1, "only whoever wrote it takes it back"
    nils.post(at("close_meeting", made))
    nils.post(at("agree", made), {"number": "1"})
    assert HouseMeeting.objects.get().state == "closed"
    assert "Lunch at one." in text(nils.get(at("meetings", home.programme)))


def test_strangers_get_what_is_not_there(home: Home, come_in: ComeIn) -> None:
    row, made = task(home), meeting(home)
    pages = [
        *(at(name, home.programme) for name in ("today", "paper", "hours", "new_unit", "meetings")),
        at("unit", home.kitchen),
        at("meeting", made),
    ]
    for who in (home.sam, home.cast.ruth, home.cast.adil):
        stranger = come_in(who)
        assert [stranger.get(page).status_code for page in pages] == [404] * len(pages)
        assert stranger.post(at("task", row, "take")).status_code == 404


@pytest.mark.parametrize("page", ["today", "meetings"])
def test_one_and_three_rows_ask_the_same(home: Home, come_in: ComeIn, asks: Asks, page: str) -> None:
    seen = []
    for more in (1, 2):
        for _each in range(more):
            number = Task.objects.count()
            task(home, title=f"Task {number}")
            services.arrange_meeting(
                actor=home.mina, programme=home.programme, on=MONDAY + number * DAY, now=NOW
            )
        seen.append(asks(come_in(home.mina), at(page, home.programme)))
    assert seen[0] == seen[1], seen


def test_titles_say_nothing_of_anybody(home: Home, come_in: ComeIn) -> None:
    for page in (at("today", home.programme), at("unit", home.kitchen)):
        title = text(come_in(home.mina).get(page)).partition("</title>")[0]
        assert not any(word in title for word in ("Quay House", "Kitchen", "Mina"))
