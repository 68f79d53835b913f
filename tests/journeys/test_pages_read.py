"""A page is read: both say yes, one without JavaScript; a change is asked for and made, and it is signed."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import NewContext
from tests.journeys.steps import LookAt, fits, follow, go, is_neutral, press, says, sign_in

HERS = "I said that mornings are the worst."
HIS_FIRST, HIS_THEN = "I told her to get up earlier.", "I asked her what a good morning would look like."
REMARK = "Ask what would help before you say what helps you."
GOOD = "Now the page has her answer in it, not yours."


def to_note(page: Page, other: str) -> None:
    go(page, "/with/")
    page.locator("a.item", has_text=other).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(other)
    go(page, page.url + "note/")


def newest(page: Page) -> Any:
    return page.locator("section.card.open").first


def to_page(page: Page, other: str) -> None:
    """The newest page of the note, and who reads it."""
    to_note(page, other)
    follow(newest(page), "Who reads this page")


def told(page: Page, words: str, what: str = "a.item") -> Locator:
    """What says these words, once it has come; without JavaScript it comes with the next look."""
    found = page.locator(what, has_text=words).first
    for _look in range(40):
        if found.count():
            break
        page.wait_for_timeout(250)
        page.reload()
    return found


def write_together(wyn: Page, member: Page) -> None:
    """Each their own words on one page."""
    to_note(member, "Wyn")
    member.get_by_label("Your words").fill(HERS)
    press(member, "Add to the note")
    to_note(wyn, "Fearless Fred")
    change_words(wyn, HIS_FIRST)


def change_words(wyn: Page, words: str) -> None:
    follow(newest(wyn), "Add or change my words")
    wyn.get_by_label("Your words").fill(words)
    press(wyn, "Save my words")


def open_page(nerys: Page, says_now: str) -> None:
    press(nerys, "Open the page")
    says(nerys, says_now)
    expect(nerys.locator("main")).not_to_contain_text("Fearless Fred")


def send(nerys: Page, words: str, choice: str) -> None:
    nerys.get_by_label("What would you like to say to this page?").fill(words)
    nerys.get_by_label(re.compile(choice)).check(force=True)
    press(nerys, "Send")


def agree_after_the_notice(member: Page, look_at: LookAt) -> None:
    go(member, "/new/")
    is_neutral(member)
    told(member, "You are asked whether somebody may read something that you two wrote").click()
    member.locator("a.item", has_text="Wyn").click()
    says(member, HIS_FIRST)
    fits(member)
    look_at(member, "a page: asked")
    press(member, "Yes, this page may be read")
    says(member, "You can take it back until it is signed.")


def is_locked(wyn: Page) -> None:
    to_note(wyn, "Fearless Fred")
    expect(newest(wyn)).to_contain_text("What came later fits on a new page.")
    expect(newest(wyn).get_by_role("link", name="Add or change my words")).to_have_count(0)


def test_a_page_is_read_changed_and_signed(
    new_person_context: NewContext, coordinator: Any, look_at: LookAt
) -> None:
    wyn, nerys = (new_person_context(mobile=True).new_page() for _ in range(2))
    member = new_person_context(mobile=True, js=False).new_page()
    desk = new_person_context(storage_state=coordinator).new_page()
    for page, name in ((wyn, "Wyn"), (member, "Fearless Fred"), (nerys, "Nerys")):
        sign_in(page, name)
    write_together(wyn, member)
    to_page(wyn, "Fearless Fred")
    look_at(wyn, "a page: only the two")
    press(wyn, "Ask that this page is read")
    says(wyn, "Nobody reads it unless the other says yes, too.")
    go(nerys, "/pages/")
    expect(nerys.locator("main")).not_to_contain_text("Wyn")
    agree_after_the_notice(member, look_at)

    go(nerys, "/pages/")
    look_at(nerys, "pages to read")
    follow(nerys, re.compile("Wyn"))
    expect(nerys.locator("main")).not_to_contain_text(HERS)
    here = nerys.url
    open_page(nerys, HERS)
    look_at(nerys, "a page: open to its reader")
    send(nerys, REMARK, "I ask for a change")
    says(nerys, "It comes back to you when they have written.")

    to_note(wyn, "Fearless Fred")
    follow(newest(wyn), "Add or change my words")
    says(wyn, REMARK)
    look_at(wyn, "a page: a remark")
    to_note(wyn, "Fearless Fred")
    change_words(wyn, HIS_THEN)
    to_page(member, "Wyn")
    says(member, REMARK)
    says(member, HIS_THEN)
    told(member, "Yes, this page may be read", "button").click()

    go(nerys, here)
    open_page(nerys, HIS_THEN)
    send(nerys, GOOD, "I sign it")
    says(nerys, "Signed. Thank you.")
    to_page(member, "Wyn")
    for words in (GOOD, "This page is signed and stays as it is.", "Who opened it"):
        says(member, words)
    look_at(member, "a page: signed")
    is_locked(wyn)
    for address in (here, member.url):
        answer = desk.goto(address)
        assert answer is not None
        assert answer.status == 404
