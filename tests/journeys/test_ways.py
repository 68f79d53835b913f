"""Every way of using it: keyboard, no script, a narrow screen, writing from the right, large letters, a slow line."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.conftest import NewContext
from tests.journeys.steps import (
    PASSPHRASE,
    fits,
    go,
    is_neutral,
    press,
    reaches_help,
    says,
    sign_in,
    weighed,
)

OPEN_PAGES = ["/", "/about/", "/privacy/", "/accessibility/", "/help-now/", "/look/", "/join/", "/sign-in/"]
OWN_PAGES = [
    "/", "/messages/", "/find/", "/find/mine/", "/with/", "/me/", "/me/profile/", "/me/profile/topics/experience/",
    "/me/needs/", "/me/consent/", "/me/notices/", "/me/apart/", "/me/devices/", "/new/", "/more/",
]  # fmt: skip
SUPPORTERS_PAGES = ["/requests/", "/supporting/", "/supporting/covers/"]
TEAM_PAGES = ["/desk/", "/together/", "/apart/", "/reports/"]
MOST_BYTES = 60_000
SMALLEST = 320


def tab_to(page: Page, words: str) -> None:
    """Press Tab until the thing with this name has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        name = page.evaluate("(e => e.labels?.[0]?.innerText || e.innerText || '')(document.activeElement)")
        if words in name:
            return
    raise AssertionError(f"The keyboard does not reach {words!r} on {page.url}")


def test_keyboard_alone_from_sign_in_to_a_message_sent(new_person_context: NewContext) -> None:
    page = new_person_context().new_page()
    go(page, "/sign-in/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to main content")
    tab_to(page, "Help now")
    tab_to(page, "Leave site")
    tab_to(page, "Your name here")
    page.keyboard.type("grey wagtail")
    tab_to(page, "Passphrase")
    page.keyboard.type(PASSPHRASE)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("grey wagtail")
    tab_to(page, "Messages")
    page.keyboard.press("Enter")
    page.wait_for_url("**/messages/")
    tab_to(page, "Ruth")
    page.keyboard.press("Enter")
    page.wait_for_url("**/messages/*/")
    tab_to(page, "Message to Ruth")
    page.keyboard.type("Typed without a mouse.")
    tab_to(page, "Send")
    page.keyboard.press("Enter")
    expect(page.locator("#talk")).to_contain_text("Typed without a mouse.")
    page.reload()
    expect(page.locator("#talk").get_by_text("Typed without a mouse.")).to_have_count(1)


def test_without_javascript_two_people_talk_and_agree(new_person_context: NewContext) -> None:
    yusuf, anwar = (new_person_context(js=False, mobile=True).new_page() for _ in range(2))
    for page, name, other in ((yusuf, "Yusuf", "Anwar"), (anwar, "Anwar", "Yusuf")):
        sign_in(page, name)
        go(page, "/messages/")
        page.locator("main a", has_text=other).first.click()
    yusuf.get_by_label("Message to Anwar").fill("No script, same words.")
    press(yusuf, "Send")
    expect(yusuf.locator("#talk")).to_contain_text("No script, same words.")
    anwar.reload()
    expect(anwar.locator("#talk").get_by_text("No script, same words.")).to_have_count(1)
    go(yusuf, "/with/")
    yusuf.locator("a.item", has_text="Anwar").first.click()
    go(yusuf, yusuf.url + "agreement/write/")
    yusuf.get_by_role("textbox").first.fill("Half an hour on Sundays.")
    press(yusuf, "Write it down and say yes")
    says(yusuf, "Half an hour on Sundays.")


def test_nothing_scrolls_sideways_on_the_smallest_screen(
    new_person_context: NewContext, coordinator: Any
) -> None:
    page = new_person_context(width=SMALLEST).new_page()
    visit(page, OPEN_PAGES)
    sign_in(page, "Carys")
    visit(page, OWN_PAGES)
    page = new_person_context(width=SMALLEST).new_page()
    sign_in(page, "Maureen")
    visit(page, SUPPORTERS_PAGES)
    page = new_person_context(width=SMALLEST, storage_state=coordinator).new_page()
    visit(page, TEAM_PAGES)


def visit(page: Page, paths: list[str]) -> None:
    """Every page fits, says nothing in its title, and has help within one action."""
    for path in paths:
        go(page, path)
        fits(page)
        is_neutral(page)
        reaches_help(page)


def test_arabic_pages_are_written_from_the_right(
    new_person_context: NewContext, axe: Callable[[Page], None], shoot: Callable[..., Path]
) -> None:
    page = new_person_context(mobile=True, locale="ar").new_page()
    go(page, "/")
    page.get_by_role("button", name="العربيّة").click()
    for path in ("/", "/help-now/", "/join/"):
        from_the_right(page, path)
        axe(page)
    page = new_person_context(mobile=True).new_page()
    sign_in(page, "Marcus")
    page.locator("form.langs").get_by_role("button", name="العربيّة").click()
    for path in ("/", "/messages/", "/find/", "/me/"):
        from_the_right(page, path)
        axe(page)
    go(page, "/")
    shoot(page, "home-arabic-phone")
    go(page, "/messages/")
    page.locator("main a").first.click()
    axe(page)


def from_the_right(page: Page, path: str) -> None:
    go(page, path)
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    fits(page)


def test_large_letters_and_high_contrast_are_kept_and_nothing_is_cut_off(
    new_person_context: NewContext, axe: Callable[[Page], None]
) -> None:
    page = new_person_context(mobile=True).new_page()
    sign_in(page, "Elsbeth")
    go(page, "/look/")
    for words in ("Extra large", "More contrast", "Wider", "Nothing moves"):
        page.get_by_label(words, exact=True).check(force=True)
    press(page, "Keep this")
    for path in ("/", "/messages/", "/find/mine/", "/me/needs/"):
        go(page, path)
        expect(page.locator("html")).to_have_attribute("data-size", "xl")
        fits(page)
    axe(page)


def test_letters_twice_as_large_still_fit_a_telephone(new_person_context: NewContext) -> None:
    page = new_person_context(mobile=True).new_page()
    sign_in(page, "Tunde")
    for path in ("/", "/messages/", "/find/", "/me/", "/me/needs/"):
        go(page, path)
        page.evaluate(
            "document.documentElement.style.fontSize = '225%'"
        )  # twice the 112.5 % of the style sheet
        fits(page)
        reaches_help(page)


def test_the_first_page_after_signing_in_is_light(new_person_context: NewContext) -> None:
    page = new_person_context(mobile=True, service_workers="block").new_page()
    sign_in(page, "Len")
    fresh = new_person_context(
        mobile=True, service_workers="block", storage_state=page.context.storage_state()
    ).new_page()
    with weighed(fresh) as bytes_so_far:
        go(fresh, "/")
        fresh.wait_for_load_state("networkidle")
        assert 0 < bytes_so_far() < MOST_BYTES, f"{bytes_so_far()} bytes"


def test_pictures_for_the_readme(new_person_context: NewContext, shoot: Callable[..., Path]) -> None:
    phone = new_person_context(mobile=True).new_page()
    go(phone, "/join/")
    shoot(phone, "joining-phone")
    go(phone, "/help-now/")
    shoot(phone, "help-now-phone")
    sign_in(phone, "Mina")
    shoot(phone, "home-phone")
    for dark, mobile, name in ((False, False, "talk-desktop"), (True, True, "talk-dark-phone")):
        page = new_person_context(dark=dark, mobile=mobile).new_page()
        sign_in(page, "Mina")
        go(page, "/messages/")
        page.locator("main a", has_text="Theo").first.click()
        expect(page.get_by_label(re.compile("Message to"))).to_be_visible()
        page.wait_for_timeout(300)
        shoot(page, name)
