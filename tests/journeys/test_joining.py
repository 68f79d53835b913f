"""The first step in: somebody who knows nobody, at night, on a telephone."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import NewContext
from tests.journeys.steps import (
    OWN_PASSPHRASE,
    LookAt,
    ask,
    follow,
    go,
    join,
    new_name,
    press,
    says,
    sign_in,
)


def read_first(page: Page, look_at: LookAt) -> None:
    """Before giving anything: who is here, when messages are read, what happens to words, and help that is open now."""
    go(page, "/")
    says(page, "You do not need a diagnosis, a referral, an e-mail address or your real name.")
    says(page, "When somebody reads messages")
    says(page, "What happens to what you write")
    look_at(page, "welcome")
    for path, name in (("/about/", "about"), ("/privacy/", "privacy"), ("/accessibility/", "accessibility")):
        go(page, path)
        look_at(page, name)
    follow(page.locator("header"), "Help now")
    says(page, "If somebody's life is in danger now")
    says(page, "Demonstration number, not checked.")
    look_at(page, "help now")
    follow(page, "Back to the service")


def answer_the_questions(page: Page, look_at: LookAt, name: str) -> None:
    follow(page.locator("main"), "Join")
    look_at(page, "join: name")
    page.get_by_label("What shall we call you?").fill(name)
    press(page, "Go on")
    look_at(page, "join: age")
    page.get_by_label("18 or older").check(force=True)
    press(page, "Go on")
    look_at(page, "join: programme")
    page.get_by_label("Side by Side").check(force=True)
    press(page, "Go on")
    look_at(page, "join: consent")
    page.get_by_label(re.compile("find a peer who fits")).check()
    press(page, "Go on")
    look_at(page, "join: way in")
    page.get_by_label("Choose a passphrase").fill("short")
    page.get_by_label("The same once more").fill("short")
    press(page, "Join")
    says(page, "Something needs a second look")
    look_at(page, "join: second look")
    page.get_by_label("Choose a passphrase").fill(OWN_PASSPHRASE)
    page.get_by_label("The same once more").fill(OWN_PASSPHRASE)
    press(page, "Join")


def keep_a_way_back(page: Page, look_at: LookAt) -> str:
    page.wait_for_url("**/me/way-back/")
    look_at(page, "way back: offered")
    press(page, "Make my way back")
    words = page.locator("[data-code]").inner_text()
    assert len(words.split()) == 7
    look_at(page, "way back: the sheet")
    follow(page, "I have kept it. Go on")
    return words


def say_what_is_going_on(page: Page, look_at: LookAt) -> None:
    """Own words, and for each thing who may see it; then the page as others see it."""
    go(page, "/me/profile/")
    look_at(page, "about me: empty")
    own = page.locator("section", has=page.get_by_role("heading", name="What is going on for me"))
    follow(own, "Write something")
    page.get_by_label("In your own words").fill("The evenings are the long part.")
    look_at(page, "about me: own words")
    page.get_by_label("Only to find a fitting person").check(force=True)
    press(page, "Keep this")
    says(page, "Kept. Only those you chose can see it.")
    go(page, "/me/profile/topics/experience/")
    look_at(page, "about me: topics")
    page.locator("select").nth(0).select_option("supporter")
    page.locator("select").nth(1).select_option("matching")
    shown, hidden = (page.locator("main .label").nth(n).inner_text().split(" (")[0] for n in (0, 1))
    press(page, "Keep this")
    go(page, "/me/profile/as/supporter/")
    says(page, shown)
    expect(page.locator("main")).not_to_contain_text(hidden)
    expect(page.locator("main")).not_to_contain_text("The evenings are the long part.")
    look_at(page, "as they see me")


def state_needs(page: Page, look_at: LookAt) -> None:
    go(page, "/me/needs/")
    look_at(page, "needs")
    page.get_by_label("English").check()
    page.get_by_role("group", name=re.compile("Please never")).get_by_role("checkbox").first.check()
    press(page, "Keep this")
    says(page, "Kept. You will not be asked again.")


def consent_with_a_receipt(page: Page, look_at: LookAt) -> None:
    go(page, "/me/consent/")
    look_at(page, "consent")
    first = page.locator("section.card").first
    says(page, "You said yes on")
    follow(first, "Receipt")
    says(page, "Number")
    look_at(page, "receipt")
    go(page, "/me/consent/")
    press(page.locator("section.card").first, "Take it back")
    says(page, "Taken back. It stops now.")
    press(page.locator("section.card").first, "Yes, you may")
    says(page, "Thank you. You can take it back at any time.")


def wait_honestly(page: Page, look_at: LookAt) -> None:
    go(page, "/find/")
    look_at(page, "find: the doors before")
    go(page, ask(page, "Side by Side"))
    says(page, "Your place in the line")
    says(page, "This place is kept, whatever you change.")
    says(page, re.compile(r"weeks|days|We do not know yet how long it takes"))
    says(page, "Meanwhile")
    look_at(page, "find: waiting")


def test_from_a_leaflet_to_an_honest_wait(
    new_person_context: NewContext, look_at: LookAt, shoot: Callable[..., Path]
) -> None:
    page = new_person_context(mobile=True).new_page()
    read_first(page, look_at)
    shoot(page, "welcome-phone")
    name = new_name()
    answer_the_questions(page, look_at, name)
    words = keep_a_way_back(page, look_at)
    says(page, "Find someone to talk with")
    say_what_is_going_on(page, look_at)
    state_needs(page, look_at)
    consent_with_a_receipt(page, look_at)
    wait_honestly(page, look_at)
    shoot(page, "find-phone")
    go(page, "/me/")
    press(page, "Sign out")
    come_back_with_words(page, look_at, name, words)


def come_back_with_words(page: Page, look_at: LookAt, name: str, words: str) -> None:
    go(page, "/sign-in/")
    look_at(page, "sign in")
    follow(page, "Use my printed way back")
    look_at(page, "way back: coming in")
    page.get_by_label("Your name here").fill(name)
    page.get_by_label("The seven words on your sheet").fill(words.upper())
    press(page, "Come in")
    says(page, "Welcome back.")
    assert page.locator("[data-code]").inner_text() != words
    go(page, "/me/")
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_without_javascript_the_same_steps_lead_in(new_person_context: NewContext) -> None:
    page = new_person_context(js=False, mobile=True).new_page()
    name = join(page, "Two Ways")
    press(page, "Make my way back")
    assert len(page.locator("[data-code]").inner_text().split()) == 7
    follow(page, "I have kept it. Go on")
    go(page, "/me/profile/add/story/")
    page.get_by_label("In your own words").fill("I would rather not say it twice.")
    page.get_by_label("Nobody but me").check(force=True)
    press(page, "Keep this")
    go(page, "/me/profile/as/supporter/")
    expect(page.locator("main")).not_to_contain_text("say it twice")
    go(page, ask(page, "Two Ways"))
    says(page, "Your place in the line")
    go(page, "/me/")
    press(page, "Sign out")
    sign_in(page, name, OWN_PASSPHRASE)
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)


def test_somebody_too_young_is_handed_on_kindly_and_nothing_is_kept(
    new_person_context: NewContext, look_at: LookAt
) -> None:
    page = new_person_context(mobile=True).new_page()
    go(page, "/join/")
    page.get_by_label("What shall we call you?").fill("Robin of the woods")
    press(page, "Go on")
    page.get_by_label("Under 16").check(force=True)
    press(page, "Go on")
    says(page, "Nothing you wrote here was kept.")
    look_at(page, "too young")
    follow(page, "People who listen to young people")
    says(page, "Childline")
    go(page, "/join/")
    expect(page.get_by_label("What shall we call you?")).to_have_value("")


def test_a_name_that_is_taken_stays_in_the_box_and_others_are_offered(
    new_person_context: NewContext, look_at: LookAt
) -> None:
    page = new_person_context(mobile=True).new_page()
    go(page, "/join/")
    page.get_by_label("What shall we call you?").fill("Mina")
    press(page, "Go on")
    says(page, "Somebody here has this name")
    expect(page.get_by_label("What shall we call you?")).to_have_value("Mina")
    says(page, "These are free:")
    look_at(page, "join: name taken")


@pytest.mark.parametrize("js", [True, False])
def test_one_action_leaves_and_going_back_shows_nothing(new_person_context: NewContext, js: bool) -> None:
    page = new_person_context(js=js, mobile=True).new_page()
    join(page, "Side by Side")
    go(page, "/me/")
    follow(page.locator("header"), "Leave site")
    expect(page.get_by_role("heading", name="The weather")).to_be_visible()
    page.go_back()
    page.wait_for_load_state()
    expect(page.locator("body")).not_to_contain_text("What I share")
