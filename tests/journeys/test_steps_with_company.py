"""Steps with company: a ladder built without scripts, somebody alongside once, and what moved into ordinary life."""

from __future__ import annotations

import re
from datetime import date, timedelta

from playwright.sync_api import Page, expect

from tests.journeys.conftest import NewContext
from tests.journeys.server import Server
from tests.journeys.steps import LookAt, fits, follow, go, is_neutral, press, says, sign_in, sign_in_as_staff

STEP, HELP = "Stand under the clock for one song", "Be under the clock at 6:20. Do not speak to me first."


def to_my_steps(page: Page) -> None:
    go(page, "/me/")
    page.locator("a.item", has_text="My steps").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My steps")


def build(page: Page, look_at: LookAt) -> None:
    """Two examples, and one step of one's own put lowest."""
    to_my_steps(page)
    says(page, "Begin with something so small that it is almost nothing.")
    look_at(page, "my steps: empty")
    follow(page, "Pick from these")
    page.get_by_label("Stay to tea").check()
    page.get_by_label("Say hello to one person").check()
    look_at(page, "my steps: examples")
    press(page, "Put them on my ladder")
    follow(page, "Add a step")
    page.get_by_label("Where").fill("Station square")
    press(page, "Keep")
    says(page, "Please write something here")
    expect(page.get_by_label("Where")).to_have_value("Station square")
    page.get_by_label("The step, in your own words").fill(STEP)
    press(page, "Keep")
    for _each in range(2):
        press(page.locator("li", has_text=STEP), re.compile("^Lower"))
    expect(page.locator("ol > li").last).to_contain_text(STEP)
    look_at(page, "my steps")
    is_neutral(page)
    fits(page)


def try_it(page: Page, before: str, did: str, after: str) -> None:
    follow(page, "Write how it went")
    page.get_by_label("How afraid were you before?").fill(before)
    page.get_by_label("What did you do?").fill(did)
    page.get_by_label("How afraid were you afterwards?").fill(after)
    press(page, "Keep")


def test_a_ladder_with_company(new_person_context: NewContext, look_at: LookAt, server: Server) -> None:
    tilly, jules = (new_person_context(js=False, mobile=True).new_page() for _ in range(2))
    sign_in(tilly, "Tilly")
    build(tilly, look_at)

    page_of_step = tilly.locator("a.item", has_text=STEP)
    page_of_step.click()
    try_it(tilly, "8", "Heard half a song.", "6")
    try_it(tilly, "a lot", "Went home instead.", "")
    expect(tilly.locator("main svg circle")).to_have_count(2)
    says(tilly, "Went home instead.")
    look_at(tilly, "my steps: one")
    here = tilly.url

    follow(tilly, "I would like to go back to something smaller now")
    says(tilly, "nothing at all is enough for now")
    expect(tilly.locator("main a[href='/help-now/']")).to_be_visible()
    look_at(tilly, "my steps: something smaller")

    tilly.goto(here)
    follow(tilly, "Ask somebody")
    tilly.get_by_label("Jules").check()
    tilly.get_by_label("What would help?").fill(HELP)
    tilly.get_by_label("Day", exact=True).fill((date.today() + timedelta(days=2)).isoformat())  # noqa: DTZ011
    tilly.get_by_label("Time", exact=True).fill("18:20")
    look_at(tilly, "alongside: asking")
    press(tilly, "Ask")
    says(tilly, HELP)
    look_at(tilly, "alongside: one")
    agreement = tilly.url

    sign_in(jules, "Jules")
    go(jules, "/me/")
    jules.locator("a.item", has_text="Somebody alongside").click()
    look_at(jules, "alongside")
    jules.locator("a.item", has_text="Tilly").click()
    says(jules, HELP)
    expect(jules.get_by_text(STEP)).to_have_count(0)
    look_at(jules, "alongside: asked of me")
    is_neutral(jules)
    press(jules, "Yes")
    assert jules.goto(here).status == 404  # type: ignore[union-attr]

    halima = sign_in_as_staff(new_person_context().new_page(), server, "Halima")
    for address in (agreement, here):
        assert halima.goto(address).status == 404  # type: ignore[union-attr]
    go(halima, "/alongside/")
    says(halima, "Nothing here at the moment")

    tilly.goto(here)
    follow(tilly, "I would like to go back to something smaller now")
    says(tilly, "Jules")
    follow(tilly, "What you agreed on, and stopping it")
    press(tilly, "Stop this")
    says(tilly, "This is over.")
    jules.goto(agreement)
    says(jules, "This is over.")
    expect(jules.get_by_text(HELP)).to_have_count(0)


def test_what_moved_into_ordinary_life(new_person_context: NewContext, look_at: LookAt) -> None:
    mina = new_person_context(js=False, mobile=True).new_page()
    sign_in(mina, "Mina")
    to_my_steps(mina)
    says(mina, "The bird drawing class on Saturdays")
    follow(mina, "On paper")
    says(mina, "Library café")
    look_at(mina, "my steps: on paper")
    to_my_steps(mina)
    follow(mina, "Look or write")
    says(mina, "Mr Pugh about the bins.")
    look_at(mina, "in ordinary life")
    follow(mina, "Show beside it how often I wrote here")
    says(mina, "Nobody else sees these numbers, and they are not kept.")
    look_at(mina, "in ordinary life: here and outside")
    fits(mina)
    follow(mina, "Write something")
    mina.get_by_label("Who was it, or where?").fill("The woman with two dogs, at the lock")
    look_at(mina, "in ordinary life: writing")
    press(mina, "Keep")
    says(mina, "The woman with two dogs")
    mina.locator("li", has_text="The woman with two dogs").get_by_role("link").click()
    mina.locator("summary", has_text="Take this away").click()
    press(mina, "Take it away")
    says(mina, "Nothing of it is left.")
    expect(mina.get_by_text("The woman with two dogs")).to_have_count(0)
