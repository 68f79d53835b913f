"""Who is here this minute: a keeper without JavaScript fills a gap, and a member reads the truth before sending."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import NewContext
from tests.journeys.server import Server
from tests.journeys.steps import LookAt, follow, go, press, says, sign_in, sign_in_as_staff

AWAY = re.compile(r"Nobody from the team is here[^.]*\.")


def fill_the_tuesday_night(keeper: Page) -> None:
    go(keeper, "/on-call/")
    tuesday = keeper.locator("section", has=keeper.get_by_role("heading", name=re.compile("^Tuesday"))).first
    expect(tuesday).to_contain_text(re.compile("Nobody is on call.*10:00 pm"))
    follow(keeper, "Every week")
    keeper.get_by_label("Who").select_option(label="Aled")
    keeper.get_by_label("Tuesday").check(force=True)
    keeper.get_by_label("From", exact=True).fill("22:00")
    keeper.get_by_label("Until", exact=True).fill("09:00")
    press(keeper, "Add it")
    says(keeper, "Kept. The turns of the next four weeks follow it.")
    go(keeper, "/on-call/")
    expect(tuesday).to_contain_text("Aled")
    expect(tuesday).not_to_contain_text("Nobody is on call")


def take_everybody_off(keeper: Page) -> None:
    """Whoever is on call this minute, at whatever hour this runs, cannot."""
    while keeper.get_by_text("Nobody is on call.", exact=True).count() == 0:
        name = keeper.locator("section.calm ol strong").first.inner_text()
        keeper.locator("a.item", has_text=name).first.click()
        press(keeper, "I cannot")
        says(keeper, "That is all right.")


def test_a_keeper_without_javascript_and_a_member_at_night(
    new_person_context: NewContext, server: Server, look_at: LookAt
) -> None:
    context = new_person_context(js=False, width=390)
    keeper = sign_in_as_staff(context.new_page(), server, "Morwenna")
    fill_the_tuesday_night(keeper)
    take_everybody_off(keeper)

    member = sign_in(new_person_context(mobile=True).new_page(), "Mina")
    go(member, "/messages/")
    member.locator("main a", has_text="Theo").first.click()
    said = member.locator("#who_is_here")
    expect(said).to_contain_text(AWAY)
    # Above the box, where it is read before anything is written.
    box, words = member.locator("#id_text").bounding_box(), said.bounding_box()
    assert box and words and words["y"] + words["height"] <= box["y"]
    look_at(member, "talk: nobody is here")
    told = AWAY.search(said.inner_text())
    follow(said.page.locator("#who_is_here"), "Help now")
    assert told
    says(member, told[0])

    looking = new_person_context(storage_state=context.storage_state()).new_page()
    for path in ("/on-call/", "/on-call/take/", "/on-call/every-week/", "/on-call/phones/"):
        go(looking, path)
        look_at(looking, path)
    go(looking, "/on-call/")
    looking.locator("section.open a.item").first.click()
    look_at(looking, "on call: a turn")
