"""A group evening: two who hold it, a member, a newcomer on a quiet seat without JavaScript, and a stranger."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.journeys.conftest import NewContext
from tests.journeys.server import Server
from tests.journeys.steps import LookAt, fits, follow, go, is_neutral, press, says, sign_in
from tests.journeys.watching import Watch

HERS, BEFORE_HER_TURN = "The voices were quieter by the water.", "I would like to say something about sleep."
_EVENING = """
from datetime import timedelta
from django.utils import timezone
from companionway.gatherings import services
from companionway.meetings.models import Holds, Meeting, Series
from companionway.people import roles
from companionway.people import services as people
from companionway.people.models import Organisation, Person, RoleHeld
now = timezone.now()
organisation = Person.objects.get(name="Theo").organisation
programme = people.create_programme(
    actor=None, organisation=organisation, name="By the water", practice_model={tradition!r}, now=now
)
for name in ("Theo", "Ruth", "Mina", "Ottoline"):
    RoleHeld.objects.create(
        person=Person.objects.get(name=name), role=roles.MEMBER, programme=programme, since_at=now
    )
series = Series.objects.create(
    programme=programme, name="Thursdays by the water", zone="Europe/London", starts_on=now.date(),
    begins=now.time(), way={way!r}, created_at=now, changed_at=now,
)
Meeting.objects.create(
    public_id={public_id!r}, series=series, original=now, starts_at=now, ends_at=now + timedelta(hours=2),
    way={way!r},
)
for name in ("Theo", "Ruth"):
    Holds.objects.create(
        series=series, person=Person.objects.get(name=name), role="facilitator", holds_frame=True, since_at=now
    )
"""


def an_evening(server: Server, tradition: str, public_id: str, way: str) -> str:
    server.do(_EVENING.format(tradition=tradition, public_id=public_id, way=way))
    return f"/gatherings/{public_id}/"


def take_seat(page: Page, at: str, name: str, choice: str) -> None:
    go(page, at)
    page.get_by_label("What may people call you here?").fill(name)
    page.get_by_label(re.compile(choice)).check(force=True)
    press(page, "Take a seat")
    page.wait_for_url(f"**{at}room/")


def share(page: Page, words: str) -> None:
    page.get_by_label("What would you like to share?").fill(words)
    press(page, "Share")


def test_an_evening_of_five(new_person_context: NewContext, server: Server, look_at: LookAt) -> None:
    at = an_evening(server, "hearing_voices", "evening-of-five", "room")
    theo, ruth, mina, sam = (new_person_context(mobile=True).new_page() for _ in range(4))
    newcomer = new_person_context(mobile=True, js=False).new_page()
    people = ((theo, "Theo"), (ruth, "Ruth"), (mina, "Mina"), (newcomer, "Ottoline"), (sam, "Len"))
    for page, name in people:
        sign_in(page, name)
    answer = sam.goto(at)
    assert answer is not None
    assert answer.status == 404

    go(theo, at)
    press(theo, "Open the meeting")
    says(theo, "Welcome")
    go(ruth, at + "hold/")
    go(mina, at)
    look_at(mina, "an evening: the door")
    take_seat(mina, at, "Wren", "On a seat")
    expect(theo.locator("#piece-seats")).to_contain_text("Wren")
    take_seat(newcomer, at, "", "On a quiet seat")
    for page in (theo, ruth):
        expect(page.locator("#piece-seats")).to_contain_text("Somebody on a quiet seat is here.")
    expect(mina.locator("main")).not_to_contain_text("quiet seat")

    share(mina, HERS)
    expect(theo.locator("#shares")).to_contain_text(HERS)
    expect(mina.get_by_label("What would you like to share?")).to_have_value("")
    follow(newcomer, "Look again")
    says(newcomer, HERS)
    expect(newcomer.locator("main")).not_to_contain_text("Mina")
    press(newcomer, "With you")
    expect(mina.locator("#shares")).to_contain_text("People who feel with this: 1")
    _beside_words(theo, ruth, mina, at)
    look_at(mina, "an evening: the room")
    look_at(newcomer, "an evening: a quiet seat")
    _a_private_word(theo, mina, newcomer, look_at)
    _a_pause_and_a_round(theo, ruth, mina)

    press(theo, "Close the meeting")
    says(theo, "Ten minutes for those who held it")
    look_at(theo, "an evening: after")
    expect(mina.get_by_role("heading", level=1)).to_have_text("This meeting is over")
    follow(newcomer, "Look again")
    says(newcomer, "What was written is gone")
    follow(newcomer, "Show the slip")
    says(newcomer, "Initialled by somebody who was there")
    look_at(newcomer, "an evening: the slip")
    is_neutral(newcomer)


def _beside_words(theo: Page, ruth: Page, mina: Page, at: str) -> None:
    """What is said comes by the stream; each page adds its own buttons, and no press costs half a sentence."""
    take_seat(ruth, at, "", "On a seat")
    shared = ruth.locator("#shares li", has_text=HERS)
    box = ruth.get_by_label("What would you like to share?")
    box.fill("half a")
    press(shared, "With you")
    expect(shared).to_contain_text("I am with you: take it back")
    expect(mina.locator("#shares li", has_text=HERS)).to_contain_text("People who feel with this: 2")
    press(shared, "I am with you: take it back")
    expect(mina.locator("#shares li", has_text=HERS)).to_contain_text("People who feel with this: 1")
    expect(box).to_have_value("half a")
    share(mina, "Said and taken back.")
    mine = mina.locator("#shares li", has_text="Said and taken back.")
    theirs = ruth.locator("#shares li", has_text="Said and taken back.")
    expect(mine.get_by_role("button")).to_have_text(["Take it back"])
    expect(mine).to_contain_text("(you)")
    expect(theirs.get_by_role("button")).to_have_text(["With you", "Ask those who hold it to look"])
    expect(theirs.locator(".you")).to_be_hidden()
    expect(theo.locator("#shares li", has_text="Said and taken back.").get_by_role("button")).to_have_count(0)
    press(theirs, "Ask those who hold it to look")
    expect(theo.locator("#shares")).to_contain_text("Somebody asks you to look at this:")
    press(mine, "Take it back")
    for page in (mina, ruth, theo):
        expect(page.locator("#shares")).not_to_contain_text("Said and taken back.")
    press(ruth, "Leave the meeting")
    go(ruth, at + "hold/")


def _a_private_word(theo: Page, mina: Page, newcomer: Page, look_at: LookAt) -> None:
    seat = theo.locator("li.seat", has_text="quiet seat")
    press(seat, "Ask privately: are you all right?")
    says(theo, "Asked; no answer yet.")
    look_at(theo, "an evening: those who hold it")
    follow(newcomer, "Look again")
    expect(mina.locator("main")).not_to_contain_text("are you all right?")
    press(newcomer, "I would like company")
    says(newcomer, "Those who hold the meeting know.")
    expect(theo.locator("#piece-seats")).to_contain_text("Would like company.")
    expect(mina.locator("main")).not_to_contain_text("company")


def _a_pause_and_a_round(theo: Page, ruth: Page, mina: Page) -> None:
    typed = "half a thought"
    mina.get_by_label("What would you like to share?").fill(typed)
    ruth.get_by_label("Why do we pause?").fill("The kettle")
    press(ruth, "Pause the meeting")
    expect(mina.locator("#piece-script")).to_contain_text("The kettle")
    expect(mina.get_by_label("What would you like to share?")).to_have_value(typed)
    share(mina, BEFORE_HER_TURN)
    expect(mina.locator("#said")).to_contain_text("It is stored")
    expect(theo.locator("#shares")).not_to_contain_text(BEFORE_HER_TURN)
    press(ruth, "Go on")
    expect(theo.locator("#shares")).to_contain_text(BEFORE_HER_TURN)
    press(theo, re.compile("On to: Round"))
    expect(mina.locator("#piece-mine")).to_contain_text("It is your turn, if you like.")
    expect(ruth.locator("#piece-script")).to_contain_text("It is the turn of Wren")
    press(mina, "Pass")
    expect(ruth.locator("#piece-script")).to_contain_text("Nobody has the turn just now.")
    fits(mina)


def test_the_door_without_a_network(
    new_person_context: NewContext, server: Server, look_at: LookAt, watch: Watch
) -> None:
    watch.allow("ERR_INTERNET_DISCONNECTED")
    at = an_evening(server, "charity_groups", "evening-in-person", "in_person")
    context = new_person_context()
    door = context.new_page()
    sign_in(door, "Theo")
    go(door, at)
    press(door, "Open the meeting")
    follow(door, "Check-in at the door")
    look_at(door, "the door: its sheet")
    press(door, "Make this device the door")
    door.wait_for_url("**/at-the-door/*/")
    look_at(door, "the door: a device")
    door.evaluate("navigator.serviceWorker.ready.then(() => true)")
    door.wait_for_function("caches.open('door').then((kept) => kept.keys()).then((keys) => keys.length > 1)")
    door.reload()
    arrive(door, "Wagtail")
    expect(door.locator("#done")).to_have_text("Thank you. Welcome.")
    context.set_offline(True)
    door.goto(urlsplit(door.url).path)
    for name in ("Dipper", "Plover"):
        arrive(door, name)
        expect(door.locator("#done")).to_contain_text("It is kept on this device")
    expect(door.locator("#waiting")).to_contain_text("2")
    context.set_offline(False)
    door.evaluate("dispatchEvent(new Event('online'))")
    expect(door.locator("#waiting")).to_have_text("")
    ruth = new_person_context(js=False).new_page()
    sign_in(ruth, "Ruth")
    go(ruth, at + "after/")
    names = ruth.locator("section.card", has_text="Names at the door").locator("li")
    expect(names).to_have_text(["Wagtail", "Dipper", "Plover"])


def arrive(door: Page, name: str) -> None:
    door.get_by_label("Your name, or any name you like").fill(name)
    press(door, "I am here")
