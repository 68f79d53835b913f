"""Easy read: joining where easy words come first, a meeting without scripts, choosing it oneself, reading aloud."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.journeys.conftest import NewContext
from tests.journeys.server import Server
from tests.journeys.steps import LookAt, fits, follow, go, new_name, press, says, sign_in
from tests.journeys.test_ways import tab_to

_GROUP = """
from datetime import timedelta
from django.utils import timezone
from companionway.gatherings import services
from companionway.meetings.models import Holds, Meeting, Series
from companionway.people import roles
from companionway.people import services as people
from companionway.people.models import Person, RoleHeld
now = timezone.now()
organisation = Person.objects.get(name="Theo").organisation
# Of their own: what the people of the other journeys see must not change.
own = {"organisation": organisation, "joined_at": now, "password": "!"}
hana, wilf = (Person.objects.create(name=each, sign_in_name=each.casefold(), **own) for each in ("Hana", "Wilf"))
programme = people.create_programme(
    actor=None, organisation=organisation, name="Talking group", practice_model="learning_disability", now=now
)
for each in (hana, wilf):
    RoleHeld.objects.create(person=each, role=roles.SUPPORTER, programme=programme, since_at=now)
series = Series.objects.create(
    programme=programme, name="Talking on Mondays", zone="Europe/London", starts_on=now.date(), begins=now.time(),
    way="room", created_at=now, changed_at=now,
)
meeting = Meeting.objects.create(
    public_id="easy-evening", series=series, original=now, starts_at=now, ends_at=now + timedelta(hours=2), way="room"
)
for each in (hana, wilf):
    Holds.objects.create(series=series, person=each, role="facilitator", holds_frame=True, since_at=now)
services.open_meeting(actor=hana, meeting=meeting, now=now)
"""
AT = "/gatherings/easy-evening/"
WORDS = "I like the blue door."
# A browser with these voices, that writes down what it is told to say.
_VOICES = """(() => {
  const said = window.said = [], voices = %s;
  const synthesis = { getVoices: () => voices, speak: (each) => said.push(each.text), cancel: () => said.push("-"),
    addEventListener: () => {} };
  Object.defineProperty(window, "speechSynthesis", { value: synthesis });
  window.SpeechSynthesisUtterance = function (text) { this.text = text; };
})()"""


def test_a_member_joins_and_takes_part_without_scripts(
    new_person_context: NewContext, server: Server, look_at: LookAt
) -> None:
    server.do(_GROUP)
    page = new_person_context(js=False, mobile=True).new_page()
    html = page.locator("html")
    name = new_name()
    go(page, "/join/")
    page.get_by_label("What shall we call you?").fill(name)
    press(page, "Go on")
    page.get_by_label("18 or older").check(force=True)
    press(page, "Go on")
    page.get_by_label("Talking group").check(force=True)
    press(page, "Go on")
    expect(html).to_have_attribute("data-reading", "easy")
    says(page, "You can go on without these.")
    look_at(page, "easy read: joining")
    follow(page, "Skip this")
    page.get_by_label("Choose a passphrase").fill("marble ferry tuesday")
    page.get_by_label("Write it again").fill("marble ferry tuesday")
    press(page, "Join")
    says(page, "Seven words on paper can bring you back.")

    for path, words in (
        ("/groups/", "Nobody is told that you looked."),
        ("/meetings/", "Look as long as you like."),
    ):
        go(page, path)
        says(page, words)
        look_at(page, f"easy read: {path}")
    go(page, AT)
    says(page, "We are honest about quiet seats.")
    look_at(page, "easy read: the door")
    page.get_by_label("What can people call you here?").fill("Wren")
    page.get_by_label(re.compile("On a seat")).check(force=True)
    press(page, "Take a seat")
    page.get_by_label("What do you want to say?").fill(WORDS)
    press(page, "Share")
    says(page, WORDS)
    look_at(page, "easy read: the room")
    for place in ("/", "/me/", "/me/steps/", "/help-now/", "/look/"):
        go(page, place)
        look_at(page, f"easy read: {place}")
        page.set_viewport_size({"width": 320, "height": 640})
        fits(page)
        page.set_viewport_size({"width": 390, "height": 844})

    go(page, "/groups/")
    press(page, "Usual words")
    expect(html).not_to_have_attribute("data-reading", "easy")
    says(page, "You can read about every group before you come.")


def test_it_is_chosen_from_the_keyboard_and_kept(new_person_context: NewContext, look_at: LookAt) -> None:
    page = new_person_context().new_page()
    sign_in(page, "Mina")
    go(page, "/groups/")
    tab_to(page, "Easy read")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("data-reading", "easy")
    go(page, "/meetings/")
    says(page, "You do not have to say that you come.")
    # A line of about fifty letters: a letter is half as wide as its size.
    lines = """[...document.querySelectorAll('main p:not(.row)')]
        .map((each) => each.getBoundingClientRect().width / parseFloat(getComputedStyle(each).fontSize))"""
    assert max(page.evaluate(lines)) < 25.5
    tab_to(page, "Usual words")
    go(page, "/messages/")
    follow(page, re.compile("Theo"))
    page.wait_for_url("**/messages/*/")
    look_at(page, "easy read: a conversation")


def test_a_page_is_read_aloud_by_a_voice_of_the_device_and_by_no_other(
    new_person_context: NewContext,
) -> None:
    context = new_person_context()
    context.add_cookies([{"name": "look", "value": "auto.m.auto.auto.auto.easy", "url": "http://127.0.0.1"}])
    here = '{ localService: true, lang: "en-GB" }'
    page = context.new_page()
    page.add_init_script(_VOICES % f"[{here}]")
    go(page, "/join/")
    press(page, "Read this aloud")
    expect(page.get_by_role("button", name="Stop reading")).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("said.length") == 1
    press(page, "Stop reading")
    assert page.evaluate("said.at(-1)") == "-"
    expect(page.get_by_role("button", name="Read this aloud")).to_be_visible()
    for voices in (
        "[]",
        '[{ localService: false, lang: "en-GB" }]',
        '[{ localService: true, lang: "de-DE" }]',
    ):
        other = context.new_page()
        other.add_init_script(_VOICES % voices)
        go(other, "/join/")
        expect(other.get_by_role("button", name="Read this aloud")).to_have_count(0)
