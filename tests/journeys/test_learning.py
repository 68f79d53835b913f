"""J6, step 6: a mentor reads each reply, less over time. Three people, one of them without a script."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import NewContext
from tests.journeys.server import Server
from tests.journeys.steps import LookAt, follow, go, press, says, sign_in, sign_in_as_staff

Shoot = Callable[..., Path]
ADVICE = "If I were you I would tell your sister everything tonight."
ASKING = "Would you like to look at it together first?"


@pytest.fixture(scope="module")
def mentor(browser: Any, server: Server) -> Any:
    """What Odile's browser keeps after she signed in with six digits."""
    context = browser.new_context(base_url=server.url, locale="en-GB")
    sign_in_as_staff(context.new_page(), server, "Odile")
    kept = context.storage_state()
    context.close()
    return kept


def talk_of(page: Page, name: str) -> None:
    go(page, "/messages/")
    page.get_by_role("link", name=re.compile(name)).first.click()


def waiting(page: Page) -> Any:
    return page.locator("#talk > li.held")


def test_a_reply_is_read_before_it_comes(
    new_person_context: NewContext, mentor: Any, look_at: LookAt, shoot: Shoot
) -> None:
    precious = new_person_context(mobile=True).new_page()
    sign_in(precious, "Precious")
    talk_of(precious, "Josie")
    put_out_of_the_way(precious, look_at, shoot)
    josie = new_person_context(mobile=True, width=360).new_page()
    sign_in(josie, "Josie")
    learns_who_reads(josie, look_at, shoot)

    # Live, with a script: taken in, shown to its author as waiting, and to nobody else.
    precious.locator("#id_text").fill(ADVICE)
    precious.get_by_role("button", name="Send", exact=True).click()
    expect(waiting(precious)).to_contain_text(ADVICE)
    expect(waiting(precious)).to_contain_text("Waiting for your mentor")
    look_at(precious, "a conversation in which a reply waits")
    expect(josie.locator("#talk")).not_to_contain_text(ADVICE)

    odile = new_person_context(js=False, storage_state=mentor).new_page()
    gives_it_back(odile, look_at, shoot)
    writes_anew(precious, look_at, shoot)
    opens(odile)
    press(odile, "Let it go as it is")
    says(odile, "Sent, in their name.")

    # It comes live to both, once, and stands no longer as waiting.
    expect(josie.locator(".msg.them").last).to_contain_text(ASKING)
    expect(precious.locator(".msg.me[data-id]").last).to_contain_text(ASKING)
    expect(waiting(precious)).to_have_count(0)
    for page in (josie, precious):
        page.reload()
        expect(page.locator("#talk").get_by_text(ASKING)).to_have_count(1)
    expect(josie.locator("#talk")).not_to_contain_text(ADVICE)
    go(josie, "/me/looked/")
    says(josie, "Odile")


def put_out_of_the_way(precious: Page, look_at: LookAt, shoot: Shoot) -> None:
    """What the demonstration left there is withdrawn by its author: it comes back into the box."""
    says(precious, "A mentor reads what you write here before it goes.")
    expect(waiting(precious)).to_have_count(1)
    follow(waiting(precious), "Change or withdraw")
    look_at(precious, "a reply that waits")
    shoot(precious, "reply-waiting")
    press(precious, "Withdraw this reply")


def learns_who_reads(josie: Page, look_at: LookAt, shoot: Shoot) -> None:
    talk_of(josie, "Precious")
    says(josie, "Precious is learning. A mentor reads their answers before they come to you.")
    look_at(josie, "a conversation with somebody who learns")
    shoot(josie, "reads-first-for-the-member")
    follow(josie.locator("main"), "Who reads what")
    says(josie, "With it the mentor sees the 6 messages just before, also yours.")
    look_at(josie, "who reads what")
    talk_of(josie, "Precious")
    expect(josie.locator("#talk[data-state=live]")).to_be_attached()


def opens(odile: Page) -> None:
    go(odile, "/mentoring/")
    follow(odile.locator("main .rows"), re.compile("Precious"))
    press(odile, "Open it to read")


def gives_it_back(odile: Page, look_at: LookAt, shoot: Shoot) -> None:
    """Without a script."""
    go(odile, "/mentoring/")
    look_at(odile, "replies to read")
    shoot(odile, "replies-to-read")
    follow(odile.locator("main .rows"), re.compile("Precious"))
    expect(odile.locator("main")).not_to_contain_text(ADVICE)
    look_at(odile, "a reply that is closed")
    press(odile, "Open it to read")
    says(odile, ADVICE)
    look_at(odile, "a reply to read")
    shoot(odile, "reply-to-read")
    odile.get_by_label("What was good, and what could be said otherwise?").fill(
        "I hear how much you wish it were over for her. What if you asked what she would like?"
    )
    press(odile, "Give it back with these words")
    says(odile, "It went back to them")


def writes_anew(precious: Page, look_at: LookAt, shoot: Shoot) -> None:
    """In her own words, and once more read."""
    precious.reload()
    says(precious, "Your mentor wrote to you")
    follow(precious.locator("main"), "Open it")
    says(precious, "What if you asked what she would like?")
    look_at(precious, "a reply that came back")
    shoot(precious, "reply-came-back")
    precious.get_by_label("Your words").fill(ASKING)
    press(precious, "Send it to be read")
    expect(waiting(precious)).to_contain_text(ASKING)


def test_without_a_script_it_waits_as_well(new_person_context: NewContext) -> None:
    precious = new_person_context(js=False, width=320).new_page()
    sign_in(precious, "Precious")
    talk_of(precious, "Josie")
    precious.locator("#id_text").fill("Do you have somebody near you tonight?")
    precious.get_by_role("button", name="Send", exact=True).click()
    expect(waiting(precious)).to_contain_text("Do you have somebody near you tonight?")
    assert precious.evaluate("document.documentElement.scrollWidth") <= 320
    follow(waiting(precious), "Change or withdraw")
    press(precious, "Withdraw this reply")
    expect(precious.locator("#id_text")).to_have_value("Do you have somebody near you tonight?")


def test_beside_the_conversation_and_who_signs(
    new_person_context: NewContext, mentor: Any, coordinator: Any, look_at: LookAt, shoot: Shoot
) -> None:
    odile = new_person_context(storage_state=mentor).new_page()
    go(odile, "/mentoring/beside/")
    look_at(odile, "talks beside")
    follow(odile.locator("main .rows"), re.compile("Precious"))
    says(odile, "How do you stop yourself?")
    odile.get_by_label("What would you like to say?").fill("Shall we look at this one on Thursday?")
    press(odile, "Say it")
    says(odile, "Shall we look at this one on Thursday?")
    look_at(odile, "a talk beside")
    shoot(odile, "talk-beside")
    halima = new_person_context(storage_state=coordinator).new_page()
    go(halima, "/mentoring/learning/")
    look_at(halima, "who learns")
    shoot(halima, "who-learns")
    follow(halima.locator("main .rows"), re.compile("Precious"))
    says(halima, "Read now: 100 %")
    look_at(halima, "somebody who learns")
