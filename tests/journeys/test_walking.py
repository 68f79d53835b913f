"""Walking together and parting well: what the two see of it, what nobody else does, and the way out for good."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.conftest import NewContext
from tests.journeys.steps import LookAt, ask, follow, go, join, press, says, sign_in


def to_the_two(page: Page, other: str) -> str:
    """The page of the two; its path."""
    go(page, "/with/")
    page.locator("a.item", has_text=other).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(other)
    return page.url


def test_an_agreement_of_two_and_a_note_in_two_voices(
    new_person_context: NewContext, look_at: LookAt
) -> None:
    tilly, jules = (new_person_context(mobile=True).new_page() for _ in range(2))
    sign_in(tilly, "Tilly")
    to_the_two(tilly, "Jules")
    look_at(tilly, "together: walking")
    go(tilly, tilly.url + "agreement/write/")
    look_at(tilly, "agreement: writing")
    tilly.get_by_role("textbox").first.fill("We write on Tuesdays, and walk when it is dry.")
    press(tilly, "Write it down and say yes")
    says(tilly, "It holds when Jules does, too.")
    look_at(tilly, "agreement: waiting")

    sign_in(jules, "Jules")
    to_the_two(jules, "Tilly")
    follow(jules, "Read it")
    says(jules, "We write on Tuesdays, and walk when it is dry.")
    press(jules, "Yes")
    says(jules, "This holds")
    go(jules, jules.url + "../note/")
    jules.get_by_label("Your words").fill("We got as far as the bridge.")
    press(jules, "Add to the note")

    to_the_two(tilly, "Jules")
    go(tilly, tilly.url + "note/")
    says(tilly, "We got as far as the bridge.")
    tilly.get_by_label("Your words").fill("Next time the mill.")
    press(tilly, "Add to the note")
    says(tilly, "Next time the mill.")
    look_at(tilly, "note")
    jules.reload()
    says(jules, "Next time the mill.")


def test_a_pause_and_going_on(new_person_context: NewContext, look_at: LookAt) -> None:
    page = new_person_context(mobile=True).new_page()
    sign_in(page, "Ibrahim")
    here = to_the_two(page, "Kofi")
    follow(page, "Pause")
    look_at(page, "together: pause")
    page.get_by_role("textbox").first.fill("A few weeks with my mother.")
    press(page, "Pause")
    says(page, "You are having a pause. Nothing is lost.")
    look_at(page, "together: pausing")
    other = new_person_context(mobile=True).new_page()
    sign_in(other, "Kofi")
    to_the_two(other, "Ibrahim")
    says(other, "A few weeks with my mother.")
    go(page, here)
    press(page, "Go on together")
    expect(page.locator("main")).not_to_contain_text("You are having a pause.")


def test_someone_else_in_two_taps_and_the_place_in_line_is_kept(
    new_person_context: NewContext, look_at: LookAt
) -> None:
    page = new_person_context(mobile=True).new_page()
    sign_in(page, "Josie")
    here = to_the_two(page, "Precious")
    follow(page, "Ask for someone else")
    look_at(page, "someone else")
    expect(page.get_by_role("textbox")).to_have_count(0)
    press(page, "Yes, someone else please")
    says(page, "It has ended kindly")
    go(page, "/find/mine/")
    says(page, "Your place in the line")
    go(page, here)
    says(page, "This has ended")
    look_at(page, "together: ended")


def test_a_goodbye_with_letters_and_the_door_back(new_person_context: NewContext, look_at: LookAt) -> None:
    bea, kasia = (new_person_context(mobile=True).new_page() for _ in range(2))
    sign_in(bea, "Bea")
    here = to_the_two(bea, "Kasia")
    follow(bea, "Begin to say goodbye")
    look_at(bea, "goodbye: beginning")
    press(bea, "Begin to say goodbye")
    look_at(bea, "goodbye: begun")
    sign_in(kasia, "Kasia")
    there = to_the_two(kasia, "Bea")
    for page, words in ((bea, "I kept the list you made."), (kasia, "You taught me the names of the birds.")):
        follow(page, re.compile("letter"))
        look_at(page, "letter")
        page.get_by_label("Your letter").fill(words)
        page.get_by_label("It is ready to be given").check()
        press(page, "Keep it")
    go(bea, here)
    says(bea, "You taught me the names of the birds.")
    go(bea, here + "end/")
    look_at(bea, "ending")
    press(bea, "End it now")
    go(bea, here)
    says(bea, "This has ended")
    says(bea, "The door back")
    press(bea, "I would like to go on")
    go(kasia, there)
    says(kasia, "I kept the list you made.")
    says(kasia, "Bea would like to go on with you.")


def test_where_nothing_is_reported_an_ending_needs_no_reason_and_nobody_sees_it(
    new_person_context: NewContext, coordinator: Any, look_at: LookAt
) -> None:
    page = new_person_context(mobile=True).new_page()
    sign_in(page, "Nadia")
    here = to_the_two(page, "Shaz")
    says(page, "Nobody else. Nothing about you two is reported to anybody.")
    says(page, "No notes are kept here.")
    talk = page.get_by_role("link", name="Talk").get_attribute("href")
    go(page, here + "end/")
    expect(page.get_by_role("textbox")).to_have_count(0)
    look_at(page, "ending: no reason")
    press(page, "End it now")
    go(page, here)
    says(page, "This has ended")

    desk = new_person_context(storage_state=coordinator).new_page()
    go(desk, "/together/")
    expect(desk.locator("main")).not_to_contain_text("Nadia")
    for path in (here, f"{talk}look-inside/", here.replace("/with/", "/together/") + "note/"):
        answer = desk.goto(path)
        assert answer is not None
        assert answer.status == 404, path
    go(desk, "/desk/")
    follow(desk, "Stepping Stones")
    expect(desk.locator("main")).not_to_contain_text("Nadia")


def test_everything_can_be_taken_along_and_everything_deleted(
    new_person_context: NewContext, look_at: LookAt, tmp_path: Path
) -> None:
    page = new_person_context(mobile=True).new_page()
    name = join(page, "Side by Side")
    go(page, "/me/profile/add/story/")
    page.get_by_label("In your own words").fill("It began with the move.")
    press(page, "Keep this")
    ask(page, "Side by Side")
    go(page, "/me/download/")
    look_at(page, "download")
    with page.expect_download() as taken:
        press(page, "Download")
    taken.value.save_as(tmp_path / "mine.zip")
    with zipfile.ZipFile(io.BytesIO((tmp_path / "mine.zip").read_bytes())) as mine:
        kinds = {Path(each).suffix for each in mine.namelist()}
        everything = " ".join(mine.read(each).decode(errors="replace") for each in mine.namelist())
        machine = [json.loads(mine.read(each)) for each in mine.namelist() if each.endswith(".json")]
    assert {".html", ".json"} <= kinds
    assert machine
    assert "It began with the move." in everything
    assert name in everything

    go(page, "/me/delete/")
    look_at(page, "delete")
    page.get_by_label("Write the word").fill("no")
    press(page, "Delete everything now")
    says(page, "Nothing was deleted.")
    page.get_by_label("Write the word").fill("delete everything")
    press(page, "Delete everything now")
    says(page, "Everything is deleted")
    look_at(page, "deleted")
    go(page, "/sign-in/")
    page.get_by_label("Your name here").fill(name)
    page.get_by_label("Passphrase").fill("marble ferry tuesday")
    press(page, "Sign in")
    expect(page.locator("[role=alert]")).to_be_visible()
