"""Finding each other: three doors, a need without a name, and a coordinator who looks at exceptions only."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import NewContext
from tests.journeys.steps import LookAt, ask, follow, go, join, new_name, press, says, sign_in

DEV = "Bus driver, night shifts for years."
RUTH = "Mum of two, grandmother of one loud one."
THEO = "I keep an allotment that mostly keeps me."


def newcomer(page: Page, programme: str) -> tuple[str, str]:
    """Somebody who has just joined and asked; their name and the address of their request."""
    name = join(page, programme)
    return name, ask(page, programme)


def say_what_matters(page: Page, request: str, words: str) -> None:
    """The last of the questions: what a supporter reads before they say yes. All others are skipped."""
    go(page, f"{request}questions/8/")
    page.get_by_label(re.compile("before they say yes")).fill(words)
    press(page, "Keep this and go on")


def card_of(page: Page, words: str) -> Locator:
    return page.locator("li", has=page.locator(".portrait", has_text=words))


def answers(page: Page, words: str, answer: str) -> None:
    """A supporter finds, among those who ask, the one with these words, and answers."""
    go(page, "/requests/")
    page.locator("a.item", has_text=words).first.click()
    press(page, answer)


def agrees_where_somebody_waits_longer(page: Page) -> None:
    """A yes that passes somebody over is owed a reason; the page says so and asks for it."""
    if page.get_by_text("Somebody whom you could meet waits longer.").count():
        page.get_by_label("The other person's need is one this supporter knows well").check(force=True)
        page.get_by_label("In your words").fill(
            "I know this road well, and the other is being asked already."
        )
        press(page, "Yes")


def test_browsing_asking_not_now_and_then_two_who_say_yes(
    new_person_context: NewContext, look_at: LookAt
) -> None:
    member, theo, dev = (new_person_context(mobile=True).new_page() for _ in range(3))
    name, request = newcomer(member, "Side by Side")
    go(member, f"{request}questions/1/")
    look_at(member, "find: question")
    say_what_matters(member, request, f"{name} would like to talk about the small hours.")
    go(member, f"{request}browse/")
    look_at(member, "find: browse")
    press(card_of(member, THEO), re.compile("Ask whether"))
    says(member, "They are asked. They read what you allowed, without your name.")
    go(member, f"{request}browse/")
    press(card_of(member, DEV), re.compile("Ask whether"))

    sign_in(theo, "Theo")
    go(theo, "/requests/")
    look_at(theo, "requests")
    theo.locator("a.item", has_text="Somebody who looks for company").first.click()
    look_at(theo, "introduction: supporter")
    press(theo, "Not now")
    says(theo, "That is all right. You can say yes later.")

    sign_in(dev, "Dev")
    go(dev, "/requests/")
    dev.locator("a.item", has_text="Somebody who looks for company").first.click()
    says(dev, "would like to talk about the small hours.")
    press(dev, "Yes")
    go(member, request)
    if member.get_by_text("For you to answer").count():
        member.locator("a.item").first.click()
        look_at(member, "introduction: member")
        press(member, "Yes")
    go(member, "/with/")
    says(member, "Dev")
    expect(member.locator("main")).not_to_contain_text("Theo")
    go(dev, "/with/")
    says(dev, name)


def test_suggestions_come_with_reasons_in_words(new_person_context: NewContext, look_at: LookAt) -> None:
    page = new_person_context(mobile=True).new_page()
    _, request = newcomer(page, "Side by Side")
    go(page, f"{request}questions/3/")
    page.get_by_label("low mood").check()
    press(page, "Keep this and go on")
    go(page, f"{request}suggestions/")
    look_at(page, "find: suggestions")
    first = page.locator("li", has=page.locator(".portrait")).first
    expect(first.locator("ul li").first).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("Theo")
    press(first, re.compile("Ask whether"))
    says(page, "They are asked.")
    says(page, "On its way")


def test_a_supporter_sees_the_need_without_the_person_and_offers(
    new_person_context: NewContext, look_at: LookAt
) -> None:
    member, supporter = (new_person_context(mobile=True).new_page() for _ in range(2))
    name, request = newcomer(member, "Two Ways")
    words = f"Mornings are hard since {new_name()[-6:]}."
    say_what_matters(member, request, words)
    go(member, request)
    press(member, "Let them offer")
    says(member, "Supporters may now read your need, without your name.")

    sign_in(supporter, "Imogen")
    go(supporter, "/requests/")
    supporter.locator("a.item", has_text=words).click()
    expect(supporter.locator("main")).to_contain_text(words)
    expect(supporter.locator("body")).not_to_contain_text(name)
    look_at(supporter, "need")
    press(supporter, "Yes")
    agrees_where_somebody_waits_longer(supporter)

    go(member, request)
    says(member, "For you to answer")
    member.locator("a.item").first.click()
    press(member, "Yes")
    says(member, "You both said yes. Here you find each other.")
    look_at(member, "together: beginning")
    go(supporter, "/with/")
    says(supporter, name)


def test_somebody_one_must_not_meet_is_never_shown(
    new_person_context: NewContext, coordinator: Any, look_at: LookAt
) -> None:
    member = new_person_context(mobile=True).new_page()
    name, request = newcomer(member, "Side by Side")
    go(member, f"{request}browse/")
    expect(card_of(member, RUTH)).to_have_count(1)
    go(member, "/me/apart/")
    look_at(member, "apart: mine")
    member.get_by_role("textbox").fill("Ruth. She is my aunt.")
    press(member, "Keep us apart")
    says(member, "A coordinator will read what you wrote.")

    desk = new_person_context(storage_state=coordinator).new_page()
    go(desk, "/apart/")
    look_at(desk, "apart: the team")
    follow(desk, name)
    says(desk, "She is my aunt.")
    look_at(desk, "apart: a wish")
    go(desk, "/apart/")
    follow(desk, "Add a pair in Side by Side")
    boxes = desk.locator("main select")
    boxes.nth(0).select_option(label=name)
    boxes.nth(1).select_option(label="Ruth (she/her)")
    press(desk, "Keep apart")

    go(member, f"{request}browse/")
    expect(card_of(member, RUTH)).to_have_count(0)
    expect(card_of(member, THEO)).to_have_count(1)
    go(member, "/me/looked/")
    says(member, "Halima")


def test_a_coordinator_sees_who_waits_and_proposes_with_reasons(
    new_person_context: NewContext, coordinator: Any, look_at: LookAt, shoot: Callable[..., Path]
) -> None:
    desk = new_person_context(storage_state=coordinator).new_page()
    go(desk, "/desk/")
    look_at(desk, "desk")
    follow(desk, "Side by Side")
    says(desk, "people wait.")
    says(desk, "Who waits, longest first")
    look_at(desk, "desk: one programme")
    shoot(desk, "desk-desktop")
    follow(desk, "A proposal for everybody who waits")
    says(desk, "Reasons both would read")
    look_at(desk, "desk: proposal")
    desk.go_back()
    desk.get_by_role("table", name="Who waits, longest first").get_by_role("link").first.click()
    who = desk.get_by_role("heading", level=1).inner_text()
    look_at(desk, "desk: one who waits")
    if desk.get_by_role("button", name="Ask both whether they would like to meet").count():
        press(desk, "Ask both whether they would like to meet")
    asked = new_person_context(mobile=True).new_page()
    sign_in(asked, who)
    go(asked, "/me/looked/")
    says(asked, "Halima")


def test_a_conversation_opens_only_with_a_reason_that_the_two_are_shown(
    new_person_context: NewContext, coordinator: Any, look_at: LookAt
) -> None:
    desk = new_person_context(storage_state=coordinator).new_page()
    go(desk, "/together/")
    look_at(desk, "together: the team")
    expect(desk.locator("main")).not_to_contain_text("Stepping Stones")
    row = desk.get_by_role("row", name=re.compile("Rashid.*Sunniva"))
    follow(row, re.compile("Conversation"))
    look_at(desk, "look inside: asking")
    press(desk, "Open it and tell them why")
    says(desk, "Something needs a second look")
    expect(desk.locator(".talk")).to_have_count(0)
    asking = desk.url
    answer = desk.goto(asking.replace("look-inside", "inside"))
    assert answer is not None
    assert answer.status == 404
    go(desk, asking)
    reason = "Sunniva asked me to read what was said about Saturday."
    desk.get_by_role("textbox").fill(reason)
    press(desk, "Open it and tell them why")
    says(desk, "Both people were told that you opened this, and why.")
    look_at(desk, "look inside: reading")
    for who in ("Rashid", "Sunniva"):
        page = new_person_context(mobile=True).new_page()
        sign_in(page, who)
        go(page, "/messages/")
        page.locator("main a", has_text=re.compile("Rashid|Sunniva")).first.click()
        says(page, "Halima")
        says(page, reason)
        go(page, "/me/looked/")
        says(page, "Halima")
