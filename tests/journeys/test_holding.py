"""Holding those who hold: a supporter and a supervisor, one without JavaScript; a coordinator with days only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import NewContext
from tests.journeys.steps import LookAt, fits, follow, go, is_neutral, press, says, sign_in

PROGRAMME = "Side by Side"
LIMIT, USUAL_LIMIT = "17", "21"


def set_limit(page: Page, days: str) -> None:
    """How many days late nobody new is introduced any more: the days are the programme's own."""
    go(page, "/supervision/dates/")
    follow(page, PROGRAMME)
    follow(page, "Change the rhythm")
    page.get_by_label("Days late: nobody new is introduced until they have talked").fill(days)
    press(page, "Keep this")
    says(page, "In the order of the days")


@pytest.fixture
def desk(new_person_context: NewContext, coordinator: Any) -> Iterator[Page]:
    page = new_person_context(storage_state=coordinator).new_page()
    yield page
    set_limit(page, USUAL_LIMIT)


def to_supervision(page: Page, with_whom: str) -> str:
    go(page, "/supervision/")
    if page.get_by_role("link", name=re.compile(with_whom)).count():
        follow(page, re.compile(with_whom))
    else:
        follow(page, "Agenda and talks")
    return page.url


def test_a_late_talk_stops_new_introductions_and_a_signed_one_lets_them_come(
    new_person_context: NewContext, desk: Page, look_at: LookAt
) -> None:
    ruth = new_person_context(mobile=True, js=False).new_page()
    nerys = new_person_context(mobile=True).new_page()
    sign_in(ruth, "Ruth")
    go(ruth, "/supervision/")
    says(ruth, "Nerys is there for you.")
    says(ruth, "A talk would be good now.")

    set_limit(desk, LIMIT)
    look_at(desk, "supervision: dates")
    row = desk.locator("tr", has_text="Ruth")
    expect(row).to_contain_text("nobody new until they have talked")
    expect(desk.locator("main")).not_to_contain_text("Short nights")

    go(ruth, "/supporting/")
    says(ruth, "Whoever you walk with stays.")
    here = to_supervision(ruth, "Nerys")
    is_neutral(ruth)
    says(ruth, "Short nights at home")
    ruth.get_by_label("What should we talk about?").fill("How to say no to a third evening.")
    press(ruth, "Put it on the agenda")
    ruth.get_by_label("What should we talk about?").fill("Only for myself, for now.")
    ruth.get_by_label("Only for me, for now").check()
    press(ruth, "Put it on the agenda")
    says(ruth, "Only I see this.")

    sign_in(nerys, "Nerys")
    go(nerys, "/supervision/")
    look_at(nerys, "supervision: whom I hold")
    to_supervision(nerys, "Ruth")
    says(nerys, "How to say no to a third evening.")
    expect(nerys.locator("main")).not_to_contain_text("Only for myself")
    look_at(nerys, "supervision: the two")
    follow(nerys, "We have talked: write it down")
    look_at(nerys, "supervision: writing")
    nerys.get_by_label("How much it is").check()
    nerys.get_by_label("A line for each other").fill("Two evenings are enough.")
    nerys.get_by_label("Who does something?").first.select_option("supporter")
    nerys.get_by_label(re.compile(r"^What\?")).first.fill("Keep Thursdays free")
    nerys.get_by_label("By when?").first.fill((date.today() + timedelta(days=9)).isoformat())
    press(nerys, "Write it down and say yes")
    says(nerys, "Waits for the other's yes")

    go(ruth, "/supporting/")
    says(ruth, "Whoever you walk with stays.")
    go(ruth, here)
    follow(ruth, "Read it and say yes")
    says(ruth, "Two evenings are enough.")
    press(ruth, "Yes, that is it")
    says(ruth, "Both have said yes")
    go(ruth, "/supporting/")
    expect(ruth.locator("main")).not_to_contain_text("Nobody new is introduced to you")
    go(ruth, here)
    press(ruth, "Done")
    expect(ruth.locator("main")).not_to_contain_text("What we said we would do")
    desk.reload()
    expect(desk.locator("tr", has_text="Ruth")).to_contain_text("In time")
    expect(desk.locator("main")).not_to_contain_text("Two evenings")


def test_my_weeks_are_mine_first_then_shown(new_person_context: NewContext, look_at: LookAt) -> None:
    theo, nerys = (new_person_context(mobile=True).new_page() for _ in range(2))
    sign_in(theo, "Theo")
    go(theo, "/supervision/weeks/")
    look_at(theo, "my weeks")
    press(theo, "Please look, for me alone")
    says(theo, "tell you alone")
    press(theo, "That was a hard one")
    says(theo, "Would you like to talk about it with your practice supervisor?")
    look_at(theo, "my weeks: after something hard")
    press(theo, "Yes, please")
    says(theo, "Your practice supervisor is told.")
    follow(theo, "I was asked to do what is not my role")
    look_at(theo, "not my role")
    theo.get_by_label("I was asked to watch medication").check(force=True)
    press(theo, "Note it")

    sign_in(nerys, "Nerys")
    there = to_supervision(nerys, "Theo")
    says(nerys, "After something hard")
    expect(nerys.get_by_role("link", name=re.compile("Their weeks"))).to_have_count(0)
    to_supervision(theo, "Nerys")
    press(theo, "Let them see my weeks")
    go(nerys, there)
    follow(nerys, re.compile("Their weeks"))
    says(nerys, "never for an appraisal")
    look_at(nerys, "weeks shown")


def test_somebody_else_in_one_tap(new_person_context: NewContext) -> None:
    jules = new_person_context(mobile=True, js=False).new_page()
    sign_in(jules, "Jules")
    to_supervision(jules, "Osman")
    expect(jules.get_by_role("heading", level=1)).to_contain_text("Osman")
    press(jules, "Somebody else, please, who has lived it")
    expect(jules.get_by_role("heading", level=1)).to_contain_text("Nerys")
    is_neutral(jules)
    fits(jules)


def test_a_circle_thinks_together_and_nobody_supported_is_in_it(
    new_person_context: NewContext, look_at: LookAt
) -> None:
    theo, kofi = (new_person_context(mobile=True).new_page() for _ in range(2))
    sign_in(theo, "Theo")
    go(theo, "/circles/")
    look_at(theo, "circles")
    follow(theo, re.compile("Friday kettle"))
    look_at(theo, "a circle")
    theo.get_by_text("Bring somebody in, or leave").click()
    way_in = theo.locator("code").inner_text()
    theo.get_by_label("Your words").fill("What do I do when Mina goes quiet?")
    press(theo, "Ask the circle")
    says(theo, "without naming anybody")
    expect(theo.get_by_label("Your words")).to_have_value("What do I do when Mina goes quiet?")
    theo.get_by_label("Your words").fill("What do you do when a walk goes quiet?")
    press(theo, "Ask the circle")

    sign_in(kofi, "Kofi")
    go(kofi, "/circles/come-in/")
    kofi.get_by_label("The words you were given").fill(way_in)
    kofi.get_by_label("What shall they call you there?").fill("Plum")
    press(kofi, "Come in")
    says(kofi, "What do you do when a walk goes quiet?")
    expect(kofi.locator("main")).not_to_contain_text("Theo")
    follow(kofi, "Answer this")
    kofi.get_by_label("Your words").fill("I go quiet too, beside them.")
    press(kofi, "Answer")
    says(kofi, "Plum")
    theo.reload()
    says(theo, "I go quiet too, beside them.")
