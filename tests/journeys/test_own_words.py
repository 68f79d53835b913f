"""Plans in one's own words: written on a phone, a part of it shared, opened, seen, stopped; and kept offline."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import NewContext
from tests.journeys.steps import LookAt, fits, follow, go, is_neutral, press, says, sign_in
from tests.journeys.watching import Watch

KEPT = "caches.has('own')"
COPY = "caches.open('own').then(all => all.match('/me/own/kept/')).then(page => page.text())"


def to_my_plan(page: Page) -> None:
    """One tap on Help now, one on the page: two."""
    go(page, "/help-now/")
    follow(page, "My own plan")
    expect(page.get_by_role("heading", level=1)).to_have_text("My plan")


def write(page: Page, number: int, words: str) -> None:
    go(page, f"/me/own/{number}/")
    page.get_by_label("In my own words").fill(words)


def test_a_part_is_shared_opened_seen_and_stopped(new_person_context: NewContext, look_at: LookAt) -> None:
    tilly, jules = (new_person_context(mobile=True).new_page() for _ in range(2))
    sign_in(tilly, "Tilly")
    to_my_plan(tilly)
    look_at(tilly, "my page: empty")
    write(tilly, 4, "Sit with me and say nothing clever.")
    tilly.get_by_label("Who").first.fill("My cousin Bo")
    tilly.get_by_label("Number").first.fill("01632 960 177")
    tilly.get_by_label("When it is safe to call").first.fill("Not during lectures")
    look_at(tilly, "my page: writing")
    press(tilly, "Keep")
    says(tilly, "Sit with me and say nothing clever.")
    call = tilly.get_by_role("link", name="Call My cousin Bo")
    expect(call).to_have_attribute("href", "tel:01632960177")
    look_at(tilly, "my page")
    is_neutral(tilly)
    fits(tilly)

    tilly.locator("#part-4").get_by_role("link", name="Share").click()
    tilly.get_by_label("Jules").check()
    look_at(tilly, "my page: sharing")
    press(tilly, "Share")
    follow(tilly, "As they see it")
    says(tilly, "Sit with me and say nothing clever.")
    look_at(tilly, "my page: as they see it")

    sign_in(jules, "Jules")
    go(jules, "/me/shared/")
    look_at(jules, "shared with me")
    jules.locator("a.item", has_text="Tilly").click()
    says(jules, "Sit with me and say nothing clever.")
    expect(jules.locator("a[href^='tel:']")).to_have_count(0)
    look_at(jules, "shared with me: open")
    is_neutral(jules)
    theirs = jules.url

    to_my_plan(tilly)
    says(tilly, "Jules opened this on")
    press(tilly, "Stop all sharing")
    says(tilly, "Nobody else can open any part of it.")
    jules.goto(theirs)
    expect(jules.get_by_text("Sit with me")).to_have_count(0)


def test_by_keyboard_alone(new_person_context: NewContext) -> None:
    page = new_person_context().new_page()
    sign_in(page, "Bea")
    go(page, "/me/own/1/")
    box = page.get_by_label("In my own words")
    for _step in range(40):
        page.keyboard.press("Tab")
        if box.evaluate("box => box === document.activeElement"):
            break
    page.keyboard.type("Lunch gets loud.")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Keep")).to_be_focused()
    page.keyboard.press("Enter")
    says(page, "Lunch gets loud.")


def test_without_scripts(new_person_context: NewContext) -> None:
    page = new_person_context(js=False, mobile=True).new_page()
    sign_in(page, "grey wagtail")
    write(page, 4, "Say the tiles out loud.")
    page.get_by_label("Who").first.fill("My mum")
    page.get_by_label("Number").first.fill("ring her")
    press(page, "Keep")
    says(page, "Please write the number in digits")
    expect(page.get_by_label("In my own words")).to_have_value("Say the tiles out loud.")
    page.get_by_label("Number").first.fill("01632 960 199")
    press(page, "Keep")
    page.locator("#part-4").get_by_role("link", name="Share").click()
    page.get_by_label("Ruth").check()
    press(page, "Share")
    says(page, "Shared now")
    press(page, "Stop now")
    says(page, "They cannot open it any more.")
    go(page, "/me/own/device/")
    says(page, "This browser cannot keep a copy.")


@pytest.mark.parametrize(
    ("width", "dark", "js"), [(320, False, False), (320, True, True), (1280, True, False)]
)
def test_whoever_holds_others_keeps_words_for_themselves(
    new_person_context: NewContext, look_at: LookAt, width: int, dark: bool, js: bool
) -> None:
    page = new_person_context(width=width, dark=dark, js=js).new_page()
    sign_in(page, "Theo")
    go(page, "/supporting/")
    fits(page)
    follow(page, re.compile("How I keep well"))
    says(page, "Five-a-side on Tuesdays")
    if js:
        look_at(page, "keeping well")
    fits(page)
    is_neutral(page)
    go(page, "/me/pace/4/")
    fits(page)
    page.get_by_label("In my own words").fill(f"Walk home the long way, {width}.")
    press(page, "Keep")
    says(page, f"Walk home the long way, {width}.")
    page.locator("#part-4").get_by_role("link", name="Share").click()
    says(page, "Nerys")  # who holds Theo; without anybody the page says so (test_keeping_well)
    fits(page)
    go(page, "/me/pace/")
    follow(page, "Take a pause")
    expect(page).to_have_url(re.compile("/supporting/$"))


@pytest.mark.parametrize(
    ("width", "dark", "js"), [(320, False, True), (320, True, False), (1280, True, True)]
)
def test_every_page_of_hers_fits_and_can_be_pressed(
    new_person_context: NewContext, look_at: LookAt, width: int, dark: bool, js: bool
) -> None:
    page = new_person_context(width=width, dark=dark, js=js).new_page()
    sign_in(page, "Mina")
    for address in ("", "paper/", "device/", "1/", "4/", "6/", "4/share/", "6/share/"):
        go(page, f"/me/own/{address}")
        fits(page)
        is_neutral(page)
        small = (
            page.evaluate(
                """() => [...document.querySelectorAll("main a.btn, main button")]
                .filter(each => each.offsetParent && each.getBoundingClientRect().height < 44)
                .map(each => each.textContent.trim())"""
            )
            if js
            else []
        )
        assert small == [], address
        if js:
            look_at(page, f"a plan: {address}")


def _until(page: Page, well: Callable[[], bool]) -> None:
    for _try in range(200):
        if well():
            return
        page.wait_for_timeout(100)
    raise AssertionError("the copy did not follow")


def test_a_copy_for_times_without_a_connection_and_its_end(
    new_person_context: NewContext, watch: Watch, look_at: LookAt
) -> None:
    watch.allow("Failed to load resource|ERR_INTERNET_DISCONNECTED")
    context = new_person_context(mobile=True)
    page = context.new_page()
    sign_in(page, "Spanner")
    write(page, 2, "Take the radio apart. Put it back.")
    press(page, "Keep")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    assert page.evaluate(KEPT) is False, "nothing is kept before somebody asks"
    follow(page, "Without a connection")
    look_at(page, "my page: on this device")
    press(page, "Keep a copy on this device")
    expect(page.get_by_text("This device keeps a copy.")).to_be_visible()

    context.set_offline(True)
    page.goto("/")
    page.get_by_role("link", name="My page").click()
    says(page, "Take the radio apart. Put it back.")
    look_at(page, "my page: without a connection")
    page.goto("/help-now/")
    follow(page, "My own plan")
    says(page, "Take the radio apart. Put it back.")
    context.set_offline(False)

    write(page, 2, "Take the kettle apart instead.")
    press(page, "Keep")
    says(page, "Take the kettle apart instead.")
    _until(page, lambda: "kettle" in page.evaluate(COPY))
    context.set_offline(True)
    page.goto("/me/own/")
    says(page, "Take the kettle apart instead.")
    context.set_offline(False)

    go(page, "/me/own/device/")
    press(page, "Take the copy off this device")
    expect(page.get_by_text("This device keeps no copy.")).to_be_visible()
    assert page.evaluate(KEPT) is False
    press(page, "Keep a copy on this device")
    expect(page.get_by_text("This device keeps a copy.")).to_be_visible()
    go(page, "/me/")
    press(page, "Sign out")
    expect(page.get_by_role("button", name="Sign out")).to_have_count(0)
    assert page.evaluate(KEPT) is False
    # Signing out forgets the worker as well; the next page fetches it anew.
    page.reload()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    context.set_offline(True)
    page.goto("/me/own/")
    expect(page.get_by_role("heading", level=1)).to_have_text("There is no connection just now")


def test_a_copy_goes_when_the_device_was_signed_out_elsewhere_or_is_somebody_elses(
    new_person_context: NewContext, watch: Watch
) -> None:
    watch.allow("Failed to load resource")
    context = new_person_context(mobile=True)
    page = context.new_page()
    for name, ends in (("number nine", "signed out"), ("Mr Okafor", "somebody else")):
        sign_in(page, name)
        go(page, "/me/own/device/")
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        press(page, "Keep a copy on this device")
        expect(page.get_by_text("This device keeps a copy.")).to_be_visible()
        # As if it had been ended on another device: this one is not asked, and not told.
        context.clear_cookies()
        if ends == "somebody else":
            sign_in(page, "Dafydd")
        page.goto("/me/own/")
        _until(page, lambda: page.evaluate(KEPT) is False)
        context.clear_cookies()
