"""Step 7 of a hard night: somebody tells the safeguarding lead, without a script; she answers; nobody else sees it."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.conftest import NewContext
from tests.journeys.server import Server
from tests.journeys.steps import LookAt, follow, go, is_neutral, press, says, sign_in, sign_in_as_staff

FACTS = "She is afraid to go home. He takes her telephone every evening."
ANSWER = "Thank you, Kofi. I ring her sister with her today."


def test_a_supporter_tells_the_lead_answers_and_a_coordinator_sees_nothing(
    server: Server, new_person_context: NewContext, look_at: LookAt, coordinator: Any
) -> None:
    kofi = new_person_context(js=False, mobile=True, width=320).new_page()
    told = tells(kofi)
    lead = new_person_context(mobile=True).new_page()
    sign_in_as_staff(lead, server, "Morwenna")
    inside = opens(lead, look_at)
    decides_and_answers(lead, inside, look_at)
    puts_on_paper(lead, look_at)

    go(kofi, told)
    says(kofi, ANSWER)
    says(kofi, "First opened:")
    expect(kofi.locator("main")).not_to_contain_text("We ring her sister, with her.")

    halima = new_person_context(storage_state=coordinator).new_page()
    for address in (told, inside, "/kept/"):
        answer = halima.goto(address)
        assert answer is not None
        assert answer.status == 404, address
        expect(halima.locator("body")).not_to_contain_text(FACTS)


def tells(kofi: Page) -> str:
    sign_in(kofi, "Kofi")
    go(kofi, "/me/")
    follow(kofi, re.compile("Tell the safeguarding lead"))
    follow(kofi, "Tell the safeguarding lead")
    is_neutral(kofi)
    says(kofi, "Read by: Dilys, Morwenna.")
    press(kofi, "Tell them")
    says(kofi, "Please write something here.")
    kofi.get_by_label("No", exact=True).check(force=True)
    kofi.get_by_label("What happened, or what worries you?").fill(FACTS)
    kofi.get_by_label("How could we recognise the person?").fill("Somebody I walk with")
    press(kofi, "Tell them")
    says(kofi, "Nobody has opened it yet.")
    says(kofi, FACTS)
    is_neutral(kofi)
    return kofi.url


def opens(lead: Page, look_at: LookAt) -> str:
    go(lead, "/kept/")
    look_at(lead, "told: the leads' list")
    lead.locator("a.item", has_text="Not opened yet").first.click()
    expect(lead.locator("main")).not_to_contain_text(FACTS)
    look_at(lead, "told: why do you open it")
    lead.get_by_label("Somebody may be in danger").check(force=True)
    press(lead, "Open it")
    says(lead, FACTS)
    look_at(lead, "told: inside")
    return lead.url


def decides_and_answers(lead: Page, inside: str, look_at: LookAt) -> None:
    follow(lead, re.compile("Write down what was decided"))
    look_at(lead, "told: a decision")
    lead.get_by_label("What was decided").fill("We ring her sister, with her.")
    lead.get_by_label("Why", exact=True).fill("She wants that.")
    lead.get_by_label("Who was told, and what").fill("Nobody else.")
    lead.get_by_label(re.compile("What the person was told")).fill("All of this.")
    press(lead, "Write it down")
    go(lead, inside)
    follow(lead, "Answer who told it")
    lead.get_by_label("Your answer").fill(ANSWER)
    press(lead, "Send")
    go(lead, inside)
    says(lead, "We ring her sister, with her.")


def puts_on_paper(lead: Page, look_at: LookAt) -> None:
    follow(lead, "On paper, for an authority")
    lead.get_by_label("For whom").fill("The council")
    lead.get_by_label("Why they may have it").fill("An enquiry")
    press(lead, "Make it")
    says(lead, "SHA-256")
    look_at(lead, "told: on paper")
    go(lead, "/kept/duties/")
    says(lead, "Not verified by your organisation.")
    look_at(lead, "told: duties")


def test_the_page_where_one_tells(new_person_context: NewContext, look_at: LookAt) -> None:
    page = new_person_context(mobile=True).new_page()
    sign_in(page, "Imogen")
    go(page, "/write-down/")
    look_at(page, "told: telling")
