"""An association's minutes: written by its secretary, signed by its chair without JavaScript, read by a member."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from tests.journeys.conftest import NewContext
from tests.journeys.server import Server
from tests.journeys.steps import LookAt, fits, follow, go, press, says, sign_in

GROUP = "Members of the Lantern"
REPORTS = "The treasurer thanked whoever carried the chairs."


def test_minutes_are_written_signed_by_two_and_read(
    new_person_context: NewContext, server: Server, look_at: LookAt
) -> None:
    imogen = new_person_context(mobile=True).new_page()
    bea = new_person_context(mobile=True, js=False).new_page()
    yusuf = new_person_context().new_page()
    len_ = new_person_context(mobile=True).new_page()
    for page, name in ((imogen, "Imogen"), (bea, "Bea"), (yusuf, "Yusuf"), (len_, "Len")):
        sign_in(page, name)

    go(imogen, "/groups/")
    follow(imogen, re.compile(GROUP))
    follow(imogen, "Officers, register and minutes")
    look_at(imogen, "an association: officers, own entry, minutes")
    home = imogen.url
    follow(imogen, "The members' register")
    says(imogen, "5 people have a vote.")
    look_at(imogen, "an association: the register")

    go(imogen, home)
    follow(imogen, "Begin the minutes of a meeting")
    look_at(imogen, "minutes: begin")
    yesterday = (datetime.now(UTC) - timedelta(days=1)).date()
    imogen.get_by_label("On which day was the meeting?").fill(yesterday.isoformat())
    press(imogen, "Begin")
    # What was decided stands there already; it is not typed.
    says(imogen, "Pauline and Yusuf ask the landlord together")
    look_at(imogen, "minutes: write")
    imogen.get_by_label("How many members were there?").fill("5")
    imogen.get_by_label("Reports of the officers").fill(REPORTS)
    press(imogen, "Keep the draft")
    says(imogen, "Only the officers see it so far")
    minutes = imogen.url
    answer = yusuf.goto(minutes)
    assert answer is not None
    assert answer.status == 404

    follow(imogen, "Ask two to sign")
    look_at(imogen, "minutes: who signs")
    press(imogen, "Ask them")
    look_at(imogen, "minutes: waiting to be signed")
    press(imogen, "Sign these minutes")
    says(imogen, "Signed. Thank you.")

    go(bea, minutes)
    fits(bea)
    press(bea, "Sign these minutes")
    says(bea, "Signed. Thank you.")

    go(yusuf, minutes)
    says(yusuf, REPORTS)
    expect(yusuf.locator("main")).to_contain_text("5 members were there")
    look_at(yusuf, "minutes: signed")
    follow(yusuf, "On paper")
    look_at(yusuf, "minutes: on paper")
    for address in (home, minutes):
        answer = len_.goto(address)
        assert answer is not None
        assert answer.status == 404


def test_a_newcomer_asks_and_two_begin_for_a_while(
    new_person_context: NewContext, server: Server, look_at: LookAt
) -> None:
    vera = new_person_context(mobile=True).new_page()
    frankie = new_person_context(mobile=True, js=False).new_page()
    ottoline = new_person_context(mobile=True).new_page()
    for page, name in ((vera, "Vera"), (frankie, "Frankie D"), (ottoline, "Ottoline")):
        sign_in(page, name)

    go(vera, "/groups/")
    follow(vera, re.compile("The open chair"))
    follow(vera, "Temporary sponsor")
    look_at(vera, "for a beginning: whom one can ask")
    beginning = vera.url
    press(vera, "Ask Frankie D")
    says(vera, "You asked Frankie D")
    look_at(vera, "for a beginning: asked")

    go(frankie, beginning)
    says(frankie, "Vera asks you")
    fits(frankie)
    look_at(frankie, "for a beginning: somebody asks")
    press(frankie, "Yes")
    says(frankie, "You and Vera")
    follow(frankie, "How long we go on")
    press(frankie, "I would like to go on")
    says(frankie, "You said that you would like to go on")

    go(vera, "/beginning/")
    says(vera, "Frankie D")
    look_at(vera, "for a beginning: until when")
    press(vera, "I would like to go on")
    says(vera, "There is no end date any more")
    answer = ottoline.goto(beginning)
    assert answer is not None
    assert answer.status == 404
