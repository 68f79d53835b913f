"""A hard night (J4): one presses, one on call has it, the lead sees it; one of them without JavaScript."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.conftest import NewContext
from tests.journeys.server import Server
from tests.journeys.steps import LookAt, follow, go, press, put_on_call, says, sign_in, sign_in_as_staff


def to_mina(theo: Page) -> None:
    """From the page of the two: one link, one press."""
    go(theo, "/with/")
    theo.locator("a.item", has_text="Mina").first.click()
    follow(theo, "Raise a concern")


def status(page: Page) -> Any:
    return page.get_by_role("heading", level=1)


def test_a_hard_night(new_person_context: NewContext, server: Server, look_at: LookAt) -> None:
    put_on_call(server, {1: "Aled", 3: "Morwenna"})
    theo = sign_in(new_person_context(mobile=True).new_page(), "Theo")
    aled = sign_in_as_staff(new_person_context(mobile=True, js=False).new_page(), server, "Aled")
    morwenna = sign_in_as_staff(new_person_context().new_page(), server, "Morwenna")
    go(morwenna, "/duty/")
    go(aled, "/duty/")
    to_mina(theo)
    look_at(theo, "a concern: before the press")
    says(theo, "who is on call now")
    theo.get_by_role("button", name=re.compile("^Tell ")).first.click()
    expect(status(theo)).to_have_text("Nobody has it yet")
    says(theo, "is told again")
    look_at(theo, "a concern: nobody has it yet")
    # The lead's screen shows it by itself; the one without JavaScript loads it anew.
    expect(morwenna.locator("#now")).to_contain_text("About Mina")
    look_at(morwenna, "the desk")
    aled.reload()
    says(aled, "About Mina")
    press(aled, "I have it")
    says(aled, "You have it")
    # Theo watched: the name comes to him without a touch, and to the lead as well.
    expect(status(theo)).to_have_text("Aled has it")
    expect(morwenna.locator("#now")).to_contain_text("Aled has it")
    follow(theo, "Add a few words")
    theo.get_by_label("What else should they know?").fill("She wrote it an hour ago.")
    press(theo, "Add them")
    aled.reload()
    says(aled, "She wrote it an hour ago.")
    decide_and_close(aled, look_at)
    expect(status(theo)).to_have_text("Closed")
    afterwards(theo, look_at)
    mina_sees_it(new_person_context, look_at)


def decide_and_close(aled: Page, look_at: LookAt) -> None:
    follow(aled, "Close it")
    says(aled, "told and asked")
    go(aled, aled.url.replace("/close/", "/decide/"))
    look_at(aled, "a concern: deciding")
    aled.get_by_label("They were told, and asked what they want").check(force=True)
    aled.get_by_label("What was said or decided").fill("I called her. She would like a walk tomorrow.")
    press(aled, "Write it down")
    follow(aled, "Close it")
    look_at(aled, "a concern: closing")
    aled.get_by_label(re.compile("Somebody talked with them")).check(force=True)
    press(aled, "Close it")
    says(aled, "Be in touch the next day")


def afterwards(theo: Page, look_at: LookAt) -> None:
    says(theo, "I called her.")
    says(theo, "A talk afterwards, for you")
    look_at(theo, "a concern: afterwards")
    press(theo, "Not this time")
    says(theo, "Noted.")
    look_at(theo, "what I told")


def mina_sees_it(new_person_context: NewContext, look_at: LookAt) -> None:
    mina = sign_in(new_person_context(mobile=True).new_page(), "Mina")
    go(mina, "/told/")
    mina.get_by_role("link", name=re.compile("worried about you")).first.click()
    says(mina, "She would like a walk tomorrow.")
    expect(mina.locator("main")).not_to_contain_text("She wrote it an hour ago.")
    look_at(mina, "a concern: about me")


def test_a_drill_is_marked_everywhere_and_measured(
    new_person_context: NewContext, server: Server, coordinator: Any, look_at: LookAt
) -> None:
    halima = new_person_context(storage_state=coordinator, mobile=True).new_page()
    go(halima, "/duty/")
    press(halima, "Begin a drill")
    says(halima, "This is a drill. Nobody is in danger.")
    press(halima, re.compile("Stand down"))
    says(halima, "Thank you")
    go(halima, "/duty/times/")
    says(halima, "95 of 100 within")
    look_at(halima, "measured times")
    follow(halima, "Change the pace")
    look_at(halima, "the pace")


def test_a_press_without_javascript_and_with_nobody_named(
    new_person_context: NewContext, look_at: LookAt
) -> None:
    ruth = sign_in(new_person_context(mobile=True, js=False, width=320).new_page(), "Ruth")
    go(ruth, "/tell/")
    look_at(ruth, "a concern: nobody named")
    ruth.get_by_label(re.compile("I am being threatened")).check(force=True)
    ruth.get_by_role("button", name=re.compile("^Tell ")).first.click()
    says(ruth, "You first")
    assert ruth.locator("noscript meta[http-equiv=refresh], meta[http-equiv=refresh]").count() == 1
    press(ruth, re.compile("Stand down"))
    says(ruth, "once too often is far better than not once")
