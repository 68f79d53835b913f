"""Practice supervision in both organisations, and the one circle in which a supporter of each sits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from companionway.people.models import Person, Programme
from companionway.practice.models import SupporterPractice
from companionway.reading import services as pages
from companionway.reasoning.supervision import USUAL
from companionway.supervision import queries, services
from companionway.supervision.models import (
    Action,
    AgendaItem,
    Circle,
    CircleWords,
    HardContact,
    Supervision,
    Talk,
)
from companionway.supervision.states import Side
from companionway.support.models import Relationship

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
TALK, SHARED, OWN, EXTRA = "talk", "shared", "own", "extra"
HERE = {
    TALK: "Talked about how the long evenings feel from inside.",
    SHARED: "A shared line about saying no to a fourth evening.",
    OWN: "A line of my own about whether I still want this.",
    EXTRA: "Because the second one rests until the spring.",
}
ELSEWHERE = {
    TALK: "Thistledown talk: what the water does with a bad week.",
    SHARED: "Thistledown agenda: the towpath after dark.",
    OWN: "Thistledown alone: whether I still like mornings.",
    EXTRA: "Thistledown reason: the lock keeper is on leave.",
}
QUESTION = "What do you do when a walk goes quiet for a fortnight?"
Things = list[tuple[str, dict[str, Any], frozenset[str]]]


# Neither organisation's: the demonstration's two, and who came in from the other one.
IN_THE_CIRCLE = frozenset({"theo", "precious", "pember"})


@dataclass(frozen=True)
class Held:
    pair: Supervision
    talk: Talk
    action: Action
    item: AgendaItem
    contact: HardContact
    practice: SupporterPractice
    circle: Circle
    question: CircleWords
    talk_words: str
    shared_words: str
    own_words: str
    extra_words: str
    circle_words: str = QUESTION


def make_held(supporter: Person, programme: Programme) -> Held:
    """On top of the demonstration: its first circle, and its first two."""
    pair = Supervision.objects.get(supporter=supporter, programme=programme)
    circle = Circle.objects.earliest("pk")
    question = services.ask_circle(actor=supporter, circle=circle, words=QUESTION, now=NOW)
    halima = Person.objects.get(name="Halima")
    return _filled(pair, halima, HERE, circle, question)


def hold_elsewhere(supporter: Person, supervisor: Person, coordinator: Person, programme: Programme) -> Held:
    """The other organisation's two; its supporter comes into the circle of the first one."""
    services.choose_rhythm(actor=coordinator, programme=programme, rhythm=USUAL, now=NOW)
    pair = services.arrange(
        actor=supporter, programme=programme, supporter=supporter, supervisor=supervisor, now=NOW
    )
    circle = Circle.objects.earliest("pk")
    theo = Person.objects.get(name="Theo")
    way_in = queries.circle_shown(circle, theo).way_in
    services.join_circle(actor=supporter, way_in=way_in, called="Plum", now=NOW)
    walk = Relationship.objects.get(supporter=supporter)
    reading = pages.ask_for_reading(actor=supporter, note=walk.notes.earliest("pk"), now=NOW)
    pages.say_yes(actor=walk.member, reading=reading, version=1, now=NOW)
    question = CircleWords.objects.filter(answers=None).latest("pk")
    services.answer_in_circle(actor=supporter, question=question, words="I wait by the kettle.", now=NOW)
    return _filled(pair, coordinator, ELSEWHERE, circle, question)


def _filled(
    pair: Supervision, coordinator: Person, words: dict[str, str], circle: Circle, question: CircleWords
) -> Held:
    supporter, programme = pair.supporter, pair.programme
    services.share_weeks(actor=supporter, supervision=pair, shares=True, now=NOW)
    item = services.put_on_agenda(actor=supporter, supervision=pair, words=words[SHARED], now=NOW)
    services.put_on_agenda(actor=supporter, supervision=pair, words=words[OWN], is_shared=False, now=NOW)
    talk = services.write_talk(
        actor=pair.supervisor, supervision=pair, held_on=NOW.date(), themes=["wellbeing"], words=words[TALK],
        actions=[services.Action(Side.SUPPORTER, "Rest on Friday")], now=NOW,
    )  # fmt: skip
    contact = services.note_hard_contact(
        actor=supporter, person=supporter, programme=programme, subject="own:access", now=NOW
    )
    services.give_extra_place(
        actor=coordinator, programme=programme, person=supporter, words=words[EXTRA],
        until_on=(NOW + timedelta(days=9)).date(), now=NOW,
    )  # fmt: skip
    return Held(
        pair, talk, talk.actions.get(), item, contact,
        SupporterPractice.objects.get(person=supporter, programme=programme), circle, question,
        words[TALK], words[SHARED], words[OWN], words[EXTRA],
    )  # fmt: skip


def who_may_sit(people: dict[str, Person]) -> frozenset[str]:
    """Whoever supports others, and their supervisors."""
    wanted = ("support.accompany", "supervision.hold")
    fresh = {key: Person.objects.get(pk=person.pk) for key, person in people.items()}
    return frozenset(key for key, person in fresh.items() if any(map(person.holds, wanted)))


def circle_address(held: Held, name: str, parts: tuple[str, ...]) -> dict[str, Any]:
    if "words_id" in parts:
        return {"public_id": held.circle.public_id, "words_id": held.question.public_id}
    if name == "supervision:circle_take_back":
        return {"public_id": held.question.public_id}
    return {"public_id": held.circle.public_id}


def things(
    held: Held,
    name: str,
    *,
    supporter: str,
    others: frozenset[str],
    supervisor: str,
    coordinators: frozenset[str],
) -> Things:
    two, own = frozenset({supporter, supervisor}), frozenset({supporter})
    programme = {"public_id": held.pair.programme.public_id}
    everybody_held = others | {supporter, supervisor}
    found: dict[str, tuple[dict[str, Any], frozenset[str]]] = {
        "choose": (programme, everybody_held),
        "hard": (programme, everybody_held),
        "drift": (programme, everybody_held),
        "supervising": (programme, frozenset({supervisor})),
        "their_weeks": ({"public_id": held.pair.public_id}, frozenset({supervisor})),
        "share_item": ({"public_id": held.item.public_id}, two),
        "take_off": ({"public_id": held.item.public_id}, two),
        "talk": ({"public_id": held.talk.public_id}, two),
        "tick": ({"public_id": held.action.public_id}, two),
        "nobody_new": ({"public_id": held.practice.public_id}, own),
        "debrief": ({"public_id": held.contact.public_id}, own),
        "dates_of": (programme, coordinators),
        "rhythm": (programme, coordinators),
        "arrange": ({**programme, "person_id": held.pair.supporter.public_id}, coordinators),
        "extra_place": ({"public_id": held.practice.public_id}, coordinators),
    }
    kwargs, insiders = found.get(name, ({"public_id": held.pair.public_id}, two))
    return [("held", kwargs, insiders)]
