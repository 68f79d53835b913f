"""The life of a group: found without an account, a fair queue, the space, what it decides, and leaving unseen."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import NewContext
from tests.journeys.server import Server
from tests.journeys.steps import LookAt, fits, follow, go, is_neutral, join, press, says, sign_in
from tests.journeys.watching import Watch

HERE = "/groups/life-of-a-group/"
OLD, NEW = "We come as we are, late or early, talkative or not.", "Telephones sleep in the hall."
_GROUP = """
from django.utils import timezone
from companionway.groups import services
from companionway.groups.models import Group
from companionway.meetings import services as meetings
from companionway.meetings.services import SeriesDetails
from companionway.people.models import Person, Programme
now = timezone.now()
halima, imogen = (Person.objects.get(name=each) for each in ("Halima", "Imogen"))
programme = Programme.objects.get(name="Larkfield groups")
says = services.Says(name="Three by the stove", about="A small group.", kind="closed", capacity=3)
group = services.begin_group(actor=halima, programme=programme, says=says, now=now)
Group.objects.filter(pk=group.pk).update(public_id="life-of-a-group")
group = Group.objects.select_related("programme", "space").get(pk=group.pk)
details = SeriesDetails(
    name="Three by the stove", zone="Europe/London", starts_on=now.date(), begins=now.time(), rule="FREQ=WEEKLY",
    is_closed=True,
)
series = meetings.begin_series(actor=halima, programme=programme, details=details, now=now)
services.meet_by(actor=halima, group=group, series=series, now=now)
services.take_position(actor=halima, group=group, person=imogen, role="facilitator", now=now)
services.open_space(actor=halima, group=group, now=now)
for name in ("Mina", "Theo", "Bea"):
    services.ask_for_place(actor=Person.objects.get(name=name), group=group, now=now)
"""
_A_WEEK_LATER = """
from django.utils import timezone
from companionway.groups import services
from companionway.groups.models import Poll, Proposal
now = timezone.now()
for model in (Proposal, Poll):
    model.objects.filter(group__public_id="life-of-a-group").update(closes_at=now)
services.decide_due(now=now)
services.close_polls(now=now)
"""
# Every event that this page hears, in order: (kind, data).
_LISTENING = """
window.told = [];
const Own = window.EventSource;
window.EventSource = class extends Own {
  constructor(...given) {
    super(...given);
    for (const kind of ["message", "here", "seen", "typing", "gathering", "noticed", "concern"])
      super.addEventListener(kind, (event) => window.told.push([kind, event.data]));
  }
};
"""


def told(page: Page) -> list[tuple[str, str]]:
    """What the stream brought to this page, without the greeting that every stream begins with."""
    heard = [(kind, json.loads(data)) for kind, data in page.evaluate("window.told")]
    return [
        (kind, " ".join(re.sub(r"<[^>]+>", " ", data.get("html", "gone")).split()))
        for kind, data in heard
        if kind != "here"
    ]


def heard(page: Page, *words: str) -> None:
    """Exactly these, one event each, in this order; and no other event of any kind."""
    expect(page.locator("#talk")).to_contain_text(words[-1])
    events = told(page)
    assert [kind for kind, _text in events] == ["message"] * len(words), events
    assert all(one in text for one, (_kind, text) in zip(words, events, strict=True)), events


def into_space(page: Page) -> None:
    go(page, HERE + "door/")
    press(page, "I agree, and come in")
    page.wait_for_url("**/messages/**")


def write(page: Page, words: str) -> None:
    page.locator("#id_text").fill(words)
    press(page, "Send")


def vote(page: Page, *answers: str) -> None:
    for each in answers:
        go(page, HERE + "decisions/")
        press(page, each)
        says(page, "Counted. Nobody sees")


@pytest.fixture(scope="module")
def group(server: Server) -> str:
    server.do(_GROUP)
    return HERE


def test_the_life_of_a_group(
    new_person_context: NewContext, server: Server, look_at: LookAt, watch: Watch, group: str
) -> None:
    pages = {}
    for name in ("Imogen", "Theo", "Bea", "Mina"):
        context = new_person_context(mobile=name == "Theo")
        context.add_init_script(_LISTENING)
        pages[name] = sign_in(context.new_page(), name)
    imogen, theo, bea, mina = pages.values()
    newcomer = new_person_context(mobile=True, js=False).new_page()

    name = _finds_it_and_waits(newcomer, look_at)
    _leaves_and_nobody_is_told(bea, [imogen, theo])
    _takes_the_place(newcomer, look_at)
    for page in (imogen, theo, mina):
        into_space(page)
    space = imogen.url
    write(newcomer, "I brought biscuits.")
    for page in (imogen, theo, mina):
        heard(page, "I brought biscuits.")
    write(theo, "The kettle is on.")
    for page in (imogen, mina):
        heard(page, "I brought biscuits.", "The kettle is on.")
    heard(theo, "I brought biscuits.", "The kettle is on.")
    newcomer.reload()
    says(newcomer, "The kettle is on.")
    look_at(newcomer, "a group: its space without a script")
    expect(imogen.locator("main")).to_contain_text(name)

    _decides(server, imogen, theo, mina, newcomer, look_at)
    _pins(imogen, newcomer, space)
    _somebody_is_not_there_any_more(imogen, theo, mina, newcomer, space)
    stranger = sign_in(new_person_context(js=False).new_page(), "Len")
    for address in (HERE, HERE + "door/", HERE + "decisions/", space):
        answer = stranger.goto(address)
        assert answer is not None
        assert answer.status == 404, address


def _finds_it_and_waits(newcomer: Page, look_at: LookAt) -> str:
    """Somebody who had no account a minute ago, on a telephone without scripts."""
    name = join(newcomer, "Larkfield groups", agrees=False)
    go(newcomer, "/groups/")
    look_at(newcomer, "groups: all")
    follow(newcomer, re.compile("Three by the stove"))
    for words in ("Would you like to come?", OLD, "Imogen", "Begins at"):
        says(newcomer, words)
    for somebody in ("Theo", "Mina", "Bea"):
        expect(newcomer.locator("main")).not_to_contain_text(somebody)
    look_at(newcomer, "a group: before anybody joins")
    press(newcomer, "Ask for a place")
    says(newcomer, "You come next.")
    answer = newcomer.goto(HERE + "door/")
    assert answer is not None
    assert answer.status == 404, "nobody comes in before their turn"
    return name


def _leaves_and_nobody_is_told(bea: Page, others: list[Page]) -> None:
    before = []
    for page in others:
        go(page, "/new/")
        go(page, "/new/")  # what was new on the first look is not any more
        before.append(page.locator("main").inner_text())
    go(bea, HERE)
    press(bea, "Leave the group")
    says(bea, "You have left. Nobody is told.")
    for page, was in zip(others, before, strict=True):
        go(page, "/new/")
        assert page.locator("main").inner_text() == was


def _takes_the_place(newcomer: Page, look_at: LookAt) -> None:
    go(newcomer, HERE)
    says(newcomer, "A place is free, and it is held for you until")
    look_at(newcomer, "a group: a place is held")
    press(newcomer, "Yes, I would like the place")
    says(newcomer, "You belong to this group")
    follow(newcomer, re.compile("Come to the group's own space"))
    look_at(newcomer, "a group: at the door")
    press(newcomer, "I agree, and come in")
    newcomer.wait_for_url("**/messages/**")
    is_neutral(newcomer)


def _decides(server: Server, imogen: Page, theo: Page, mina: Page, newcomer: Page, look_at: LookAt) -> None:
    """Other words for the agreement and a poll; a week later they are decided, and everybody reads what changed."""
    go(theo, HERE + "decisions/agreement/")
    words = theo.get_by_label("What we agree")
    words.fill(words.input_value().replace(OLD, NEW))
    press(theo, "Put it to the group")
    go(newcomer, HERE + "decisions/ask/")
    newcomer.get_by_label("What would you like to ask?").fill("Which tea?")
    newcomer.get_by_label("Answers to choose from").fill("Green")
    press(newcomer, "Put it to the group")
    says(newcomer, "between two and eight answers")
    expect(newcomer.get_by_label("What would you like to ask?")).to_have_value("Which tea?")
    newcomer.get_by_label("Answers to choose from").fill("Green\nBlack")
    press(newcomer, "Put it to the group")
    for page, tea in ((theo, "Green"), (mina, "Green"), (newcomer, "Black")):
        vote(page, "Yes", tea)
    look_at(newcomer, "a group: what it decides")
    expect(newcomer.locator("main dd")).to_have_count(0)
    server.do(_A_WEEK_LATER)
    go(newcomer, HERE + "decisions/")
    says(newcomer, "Decided: yes")
    expect(newcomer.locator("section.card", has_text="Which tea?").locator("dd")).to_have_text(["2", "1"])
    for somebody in ("Theo", "Mina", "Imogen"):
        expect(newcomer.locator("main")).not_to_contain_text(somebody)
    go(newcomer, HERE + "door/")
    says(newcomer, "What changed since you were here")
    says(newcomer, NEW)
    expect(newcomer.locator("s")).to_have_text(OLD)
    look_at(newcomer, "a group: what changed")
    press(newcomer, "I agree, and come in")
    go(newcomer, HERE + "door/")
    expect(newcomer.locator("main")).not_to_contain_text("What changed since you were here")
    fits(newcomer)


def _pins(imogen: Page, newcomer: Page, space: str) -> None:
    go(imogen, HERE + "space/words/")
    imogen.get_by_label(re.compile("at the head of the space")).fill("Soup at seven.")
    press(imogen, "Put it there")
    go(newcomer, space)
    expect(newcomer.locator("#head")).to_contain_text("Soup at seven.")


def _somebody_is_not_there_any_more(imogen: Page, theo: Page, mina: Page, newcomer: Page, space: str) -> None:
    """Theo leaves. No client hears anything of it, and what is written afterwards does not reach him."""
    for page in (imogen, mina, theo):
        go(page, space)
    other = theo.context.new_page()
    go(other, HERE)
    press(other, "Leave the group")
    says(other, "You have left. Nobody is told.")
    write(newcomer, "See you next week.")
    for page in (imogen, mina):
        heard(page, "See you next week.")
        expect(page.locator("main")).not_to_contain_text("left")
    assert told(theo) == []
    answer = other.goto(space)
    assert answer is not None
    assert answer.status == 404
