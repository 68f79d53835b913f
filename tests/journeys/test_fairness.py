"""A report, a decision with reasons, a second pair of eyes, a statement, an appeal, a panel of three: taken back."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import NewContext
from tests.journeys.server import Server
from tests.journeys.steps import LookAt, follow, go, press, says, sign_in, sign_in_as_staff

Shoot = Callable[..., Path]
FACTS = "On Tuesday you asked somebody you walk with for a loan."
APPEAL = "It was for a bus ticket, and I gave it back the same day."


@pytest.fixture(scope="module")
def team(browser: Browser, server: Server) -> dict[str, object]:
    """What the browsers of the two coordinators keep after they signed in with six digits."""
    kept: dict[str, object] = {}
    for name in ("Halima", "Geraint"):
        context = browser.new_context(base_url=server.url, locale="en-GB")
        sign_in_as_staff(context.new_page(), server, name)
        kept[name] = context.storage_state()
        context.close()
    return kept


def test_nobody_alone_and_three_think_again(
    new_person_context: NewContext, team: dict[str, object], look_at: LookAt, shoot: Shoot
) -> None:
    def page_of(name: str, **options: object) -> Page:
        context = new_person_context(
            js=False, **({"storage_state": team[name]} if name in team else {}), **options
        )  # type: ignore[arg-type]
        page = context.new_page()
        return page if name in team else sign_in(page, name)

    panel = [page_of(name, width=360) for name in ("Marcus", "Len", "Frankie D")]
    for page in panel:
        go(page, "/fairness/")
        press(page, "Yes, ask me")
        says(page, "You have said yes.")
    look_at(panel[0], "decisions and appeals")
    reports(page_of("Mina", width=320))
    halima, geraint, theo = page_of("Halima"), page_of("Geraint"), page_of("Theo", width=390)
    decides(halima, look_at, shoot)
    go(theo, "/fairness/")
    says(theo, "Nothing waits for you here")
    reads_second(geraint, look_at, shoot)
    appeals(theo, look_at, shoot)
    for page in panel:
        hears(page, look_at, shoot)
    go(theo, "/fairness/")
    follow(theo.locator("main"), re.compile("No longer taking part"))
    says(theo, "It was wrong: it is taken back")
    says(theo, "What you could do here before, you can do again.")
    says(theo, "I would have done the same.")
    look_at(theo, "a statement after an appeal")
    shoot(theo, "fairness-taken-back")
    go(theo, "/messages/")
    theo.get_by_role("link", name=re.compile("Mina")).first.click()
    expect(theo.locator("#id_text")).to_be_visible()


def reports(mina: Page) -> None:
    go(mina, "/messages/")
    mina.get_by_role("link", name=re.compile("Theo")).first.click()
    follow(mina.locator("main"), "About this conversation")
    follow(mina.locator("main"), "Report something")
    mina.get_by_label("What is it about?").select_option("money")
    mina.get_by_label("What happened?").fill("He asked me for money on Tuesday.")
    press(mina, "Send")
    says(mina, "Thank you for saying so.")


def decides(halima: Page, look_at: LookAt, shoot: Shoot) -> None:
    go(halima, "/reports/")
    look_at(halima, "reports with what they are about")
    halima.locator("main p", has_text="Asking for or offering money").get_by_role("link").first.click()
    follow(halima.locator("main"), "Decide about this, with reasons")
    halima.get_by_label("No longer taking part").check(force=True)
    press(halima, "Write it down")
    expect(halima.get_by_label("No longer taking part")).to_be_checked()
    halima.get_by_label("Why").select_option("money")
    halima.get_by_label("What happened, as far as you know").fill(FACTS)
    look_at(halima, "a decision being written")
    shoot(halima, "fairness-decide")
    press(halima, "Write it down")
    says(halima, "A second person reads this, not whoever wrote it.")
    look_at(halima, "a decision that waits")
    expect(halima.get_by_role("button", name="I have read it and agree")).to_have_count(0)


def reads_second(geraint: Page, look_at: LookAt, shoot: Shoot) -> None:
    go(geraint, "/fairness/")
    look_at(geraint, "decisions for those who answer reports")
    follow(geraint.locator("main"), re.compile("No longer taking part"))
    says(geraint, FACTS)
    look_at(geraint, "the second pair of eyes")
    shoot(geraint, "fairness-second")
    press(geraint, "I have read it and agree")
    says(geraint, "It holds from now on")


def appeals(theo: Page, look_at: LookAt, shoot: Shoot) -> None:
    go(theo, "/messages/")
    theo.get_by_role("link", name=re.compile("Mina")).first.click()
    expect(theo.locator("#id_text")).to_have_count(0)
    go(theo, "/help-now/")
    go(theo, "/fairness/")
    follow(theo.locator("main"), re.compile("No longer taking part"))
    says(theo, FACTS)
    says(theo, "You can always sign in, read and download what is yours")
    look_at(theo, "a statement of reasons")
    shoot(theo, "fairness-statement")
    follow(theo.locator("main"), "Appeal")
    look_at(theo, "an appeal being written")
    theo.get_by_label("What should the panel know?").fill(APPEAL)
    press(theo, "Send my appeal")
    for name in ("Heard by", "Marcus", "Len", "Frankie D"):  # in an order drawn by lot
        says(theo, name)


def hears(page: Page, look_at: LookAt, shoot: Shoot) -> None:
    go(page, "/fairness/")
    follow(page.locator("main"), re.compile("Waits for you"))
    says(page, FACTS)
    says(page, APPEAL)
    expect(page.locator("main")).not_to_contain_text("He asked me for money on Tuesday.")
    look_at(page, "an appeal before the panel")
    shoot(page, "fairness-panel")
    page.get_by_label("It was wrong: it is taken back").check(force=True)
    page.get_by_label("Why").fill("I would have done the same.")
    press(page, "Keep my view")


def test_one_press_ends_and_blocks(new_person_context: NewContext, look_at: LookAt, shoot: Shoot) -> None:
    imogen = new_person_context(js=False, width=320).new_page()
    sign_in(imogen, "Imogen")
    go(imogen, "/with/")
    imogen.get_by_role("link", name=re.compile("Marcus")).first.click()
    press(imogen, "End and block")
    says(imogen, "It has ended")
    look_at(imogen, "after ending in one press")
    shoot(imogen, "fairness-ended")
    go(imogen, "/reports/mine/")
    imogen.locator("main p a").first.click()
    says(imogen, "I ended this and blocked the other")
