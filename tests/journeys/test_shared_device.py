"""A screen in a library: the page goes by itself, says so a minute before, and leaves nothing behind."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import NewContext
from tests.journeys.steps import PASSPHRASE, LookAt, go, press, says

KEPT = "Object.keys(localStorage).length"


def sign_in_shared(page: Page, name: str) -> None:
    go(page, "/sign-in/?next=/messages/")
    page.get_by_label("Your name here").fill(name)
    page.get_by_label("Passphrase").fill(PASSPHRASE)
    page.get_by_label("Other people use this device").check()
    press(page, "Sign in")
    page.wait_for_url("**/messages/")


def test_ten_minutes_without_anybody(new_person_context: NewContext, look_at: LookAt) -> None:
    page = new_person_context().new_page()
    page.clock.install()
    sign_in_shared(page, "grey wagtail")
    page.locator("main a", has_text="Ruth").first.click()
    page.wait_for_url("**/messages/*/")
    offer = page.get_by_role("button", name="Stay signed in")
    expect(offer).to_be_hidden()
    page.clock.fast_forward("09:30")
    expect(offer).to_be_visible()
    expect(page.get_by_text("You are signed out in a minute")).to_be_visible()
    look_at(page, "shared device")
    with page.expect_response("**/sign-in/stay/") as stayed:
        offer.click()
    assert stayed.value.ok
    expect(offer).to_be_hidden()
    page.get_by_label("Message to Ruth").fill("A word that nobody sends.")
    page.clock.fast_forward("03:00")
    expect(page.locator("#state")).to_contain_text("Draft kept")
    page.clock.fast_forward("08:00")
    page.wait_for_url("**/sign-in/?again=1")
    says(page, "You were signed out in the meantime")
    assert page.evaluate(KEPT) == 0
    page.go_back()
    expect(page.locator("#talk")).to_have_count(0)
    page.goto("/messages/")
    expect(page).to_have_url(re.compile("/sign-in/"))


def test_without_javascript_the_page_asks_to_be_left(new_person_context: NewContext) -> None:
    page = new_person_context(js=False).new_page()
    sign_in_shared(page, "Yusuf")
    refresh = page.locator("meta[http-equiv=refresh]")
    expect(refresh).to_have_attribute("content", re.compile(r"6\d\d;url=/sign-in/\?again=1"))
