"""One next thing for whoever signed in, and at most a few places beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from companionway.conversations import queries as conversations
from companionway.home.queries._public import presence_words
from companionway.introductions import policy as introduction_policy
from companionway.introductions import queries as introductions
from companionway.people import queries as people
from companionway.people.models import Person
from companionway.support import queries as support

SHOWN = 3


@dataclass(frozen=True, slots=True)
class NextThing:
    """Something that could be done now: what, in a sentence, and where."""

    title: str
    words: str
    url: str
    label: str
    icon: str = "heart"


def home_of(person: Person, now: datetime) -> dict[str, Any]:
    talks = conversations.my_conversations(person)
    things = [*_unread(talks), *_answers(person), *_agreements(person), *_asks(person), *_desk(person)]
    return {
        "person": person,
        "next_thing": things[0] if things else None,
        "then": things[1 : 1 + SHOWN],
        "talks": talks[:SHOWN],
        "more_talks": len(talks) > SHOWN,
        "presence": presence_words(people.organisation(), now),
        "is_supporter": person.holds("support.accompany"),
    }


def _unread(talks: list[conversations.Listed]) -> list[NextThing]:
    waiting = [talk for talk in talks if talk.unread]
    if not waiting:
        return []
    names = ", ".join(waiting[0].names)
    words = ngettext("%(n)d new message. No hurry.", "%(n)d new messages. No hurry.", waiting[0].unread)
    return [
        NextThing(
            title=_("%(name)s wrote to you") % {"name": names},
            words=words % {"n": waiting[0].unread},
            url=reverse("conversations:talk", args=[waiting[0].public_id]),
            label=_("Read it"),
            icon="chat",
        )
    ]


def _answers(person: Person) -> list[NextThing]:
    if not person.holds("support.accompany") or not introductions.asks_waiting_for(person):
        return []
    return [
        NextThing(
            title=_("Somebody would like your answer"),
            words=_("Yes, not now and no are all good answers. Nobody asks why."),
            url=reverse("introductions:needs"),
            label=_("Have a look"),
        )
    ]


def _agreements(person: Person) -> list[NextThing]:
    return [
        NextThing(
            title=_("An agreement waits for you"),
            words=_("%(name)s wrote down how the two of you might go about it.")
            % {"name": each.other_of(person).name},
            url=reverse("support:agreement", args=[each.public_id]),
            label=_("Read it"),
            icon="plan",
        )
        for each in support.agreements_waiting_for(person)[:1]
    ]


def _asks(person: Person) -> list[NextThing]:
    """For a member without anybody yet: begin, or see how the wait stands."""
    if not person.holds("support.ask") or support.relationships_of(person).open().exists():
        return []
    if introduction_policy.requests_visible_to(person).filter(member=person).open().exists():
        return [
            NextThing(
                title=_("You are on the list"),
                words=_("See how the wait stands, look at who is here, or change what you said."),
                url=reverse("introductions:mine"),
                label=_("See how it stands"),
                icon="clock",
            )
        ]
    return [
        NextThing(
            title=_("Find somebody to talk with"),
            words=_("Look at who is here, let us suggest people, or let people offer. You choose."),
            url=reverse("introductions:start"),
            label=_("Begin"),
        )
    ]


def _desk(person: Person) -> list[NextThing]:
    if not person.holds("introductions.coordinate"):
        return []
    return [
        NextThing(
            title=_("The desk"),
            words=_("Who is waiting, and what needs a person to look at it."),
            url=reverse("introductions:desk"),
            label=_("Open the desk"),
            icon="list",
        )
    ]
