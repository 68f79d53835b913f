"""A day in the clubhouse: back after two years without a question, a task, a record of two, cover, the house decides.

Tunde comes without JavaScript. Len, who belongs to another programme, finds nothing.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import NewContext
from tests.journeys.server import Server
from tests.journeys.steps import LookAt, follow, go, press, says, sign_in

HIS, HERS = (
    "I would like to learn to run the door by spring.",
    "I show him the door on Tuesdays, and the keys.",
)
_LONG_AWAY = """
from datetime import timedelta
from django.utils import timezone
from companionway.people.models import Person, RoleHeld
now = timezone.now()
rows = RoleHeld.objects.filter(person=Person.objects.get(name="Vera"), programme__practice_model="clubhouse")
rows.update(since_at=now - timedelta(days=900), until_at=now - timedelta(days=800))
"""
_TODAY = """
from django.utils import timezone
from companionway.clubhouse import services
from companionway.people.models import Person, Programme
services.arrange_meeting(
    actor=Person.objects.get(name="Domnica"), programme=Programme.objects.get(practice_model="clubhouse"),
    on=timezone.localdate(), now=timezone.now(),
)
"""


def path_of(page: Page) -> str:
    return urlsplit(page.url).path


def line(page: Page, words: str | re.Pattern[str]) -> Locator:
    return page.locator("main li", has_text=words).first


def test_back_after_long_absence_and_a_task_from_the_board(
    new_person_context: NewContext, server: Server, look_at: LookAt
) -> None:
    server.do(_LONG_AWAY)
    vera = new_person_context(mobile=True).new_page()
    sign_in(vera, "Vera")
    go(vera, "/house/")
    says(vera, "You can come back at once, however long it was. Nobody has to agree, and nobody asks why.")
    look_at(vera, "a house one left")
    # One press, and no page in between that asks anything.
    press(vera, "I am back")
    says(vera, "Welcome back. Everything is as you know it.")
    expect(vera.get_by_role("heading", level=1)).to_have_text("The Boathouse")
    expect(vera.locator("main")).not_to_contain_text(re.compile("where have you been|reason|absent", re.I))
    look_at(vera, "a day of the house")
    follow(vera, "Clerical")
    look_at(vera, "a unit")
    day = vera.locator("section.card", has_text="One page of the newsletter").nth(1)
    press(day, "I take this")
    says(vera, "It is yours. Thank you.")
    expect(line(vera, "One page of the newsletter")).to_contain_text("Vera")
    # Whoever is on the staff sees the same board, with her on it.
    day_address = vera.url
    domnica = new_person_context().new_page()
    sign_in(domnica, "Domnica")
    go(domnica, f"{path_of(vera)}?{urlsplit(day_address).query}")
    expect(line(domnica, "One page of the newsletter")).to_contain_text("Vera")


def test_two_write_and_sign_a_record(new_person_context: NewContext, server: Server, look_at: LookAt) -> None:
    """Tunde has no JavaScript."""
    tunde = new_person_context(mobile=True, js=False).new_page()
    domnica, carys = (new_person_context(mobile=True).new_page() for _ in range(2))
    for page, name in ((tunde, "Tunde"), (domnica, "Domnica"), (carys, "Carys")):
        sign_in(page, name)
    go(tunde, "/house/")
    follow(tunde, "My records")
    look_at(tunde, "my records")
    tunde.get_by_label("With whom?").select_option(label="Domnica")
    tunde.get_by_label("About me").check(force=True)
    tunde.get_by_label("A goal").check(force=True)
    press(tunde, "Ask")
    says(tunde, "The other is asked. Nothing is written before that.")
    at = path_of(tunde)
    expect(tunde.get_by_label("What shall stand here?")).to_have_count(0)
    go(domnica, at)
    press(domnica, "Yes, let us write it together")
    go(tunde, at)
    tunde.get_by_label("What shall stand here?").fill(HIS)
    press(tunde, "Keep this version")
    press(tunde, "I sign this")
    says(tunde, "You have signed this. It is locked when the other has, too.")
    go(domnica, at)
    press(domnica, "Open it")
    says(domnica, HIS)
    look_at(domnica, "a record of two")
    domnica.get_by_label("What shall stand here?").fill(f"{HIS} {HERS}")
    press(domnica, "Keep this version")
    # A signature is one to a version: his is not there any more.
    press(domnica, "I sign this")
    go(tunde, at)
    says(tunde, HERS)
    press(tunde, "I sign this")
    says(tunde, "Signed by both")
    expect(tunde.get_by_label("What shall stand here?")).to_have_count(0)
    says(tunde, "Who opened it")
    answer = carys.goto(at)
    assert answer is not None
    assert answer.status == 404


def test_somebody_is_ill_and_cover_is_found(
    new_person_context: NewContext, server: Server, look_at: LookAt
) -> None:
    """Carys has the museum; Tunde, who has no JavaScript, said on which days he could go."""
    carys, tunde = new_person_context(mobile=True).new_page(), new_person_context(js=False).new_page()
    for page, name in ((carys, "Carys"), (tunde, "Tunde")):
        sign_in(page, name)
        go(page, "/house/")
        follow(page, "Work")
    first = line(carys, "You go.")
    expect(first).to_contain_text("Front desk, mornings, Larkfield Museum")
    look_at(carys, "work")
    went = first.locator("time").get_attribute("datetime")
    press(first, "I cannot go")
    says(carys, "Thank you for saying it. Those who can go are asked now.")
    # Nobody asks why.
    expect(carys.get_by_role("textbox")).to_have_count(0)
    go(tunde, path_of(tunde))
    asked = tunde.locator("main li", has=tunde.locator(f'time[datetime="{went}"]'))
    expect(asked).to_contain_text("Who can go?")
    press(asked, "I go")
    says(tunde, "You go. Thank you.")
    expect(asked).to_contain_text("You go.")
    go(carys, path_of(carys))
    expect(carys.locator("main li", has=carys.locator(f'time[datetime="{went}"]'))).to_contain_text("Tunde")


def test_the_house_meets_and_decides(new_person_context: NewContext, server: Server, look_at: LookAt) -> None:
    server.do(_TODAY)
    domnica = new_person_context(mobile=True).new_page()
    tunde = new_person_context(mobile=True, js=False).new_page()
    stranger = new_person_context().new_page()
    for page, name in ((domnica, "Domnica"), (tunde, "Tunde"), (stranger, "Len")):
        sign_in(page, name)
    go(domnica, "/house/")
    house = path_of(domnica)
    follow(domnica, "House meeting")
    says(domnica, "When the house meets")
    says(domnica, "The Boathouse, the big table")
    look_at(domnica, "house meetings")
    coming = domnica.locator("main li", has_text="Coming").last
    coming.get_by_role("link").click()
    at = path_of(domnica)
    go(tunde, at)
    tunde.get_by_label("In a few words").first.fill("Who wants to paint the yard door?")
    press(tunde, "Put it on the agenda")
    go(domnica, at)
    says(domnica, "Who wants to paint the yard door?")
    press(domnica, "Begin the meeting")
    domnica.get_by_label("What did we decide?").fill("Blue, on Saturday, whoever likes.")
    domnica.get_by_label("Nobody was against it").check(force=True)
    press(domnica, "Write the decision")
    look_at(domnica, "a house meeting")
    go(tunde, at)
    says(tunde, "Blue, on Saturday, whoever likes.")
    tunde.get_by_label("The minutes").fill("Five of us. The door will be blue.")
    press(tunde, "Keep this version")
    says(tunde, "Version 1, written by Tunde")
    go(domnica, at)
    press(domnica, "End the meeting")
    says(domnica, "Over, its minutes wait to be agreed")
    # What is decided stands where everybody reads it.
    follow(domnica, "Back")
    says(domnica, "Blue, on Saturday, whoever likes.")
    for address in (house, at, f"{house}meetings/", f"{house}records/", f"{house}missed/", f"{house}jobs/"):
        answer = stranger.goto(address)
        assert answer is not None
        assert answer.status == 404, address
