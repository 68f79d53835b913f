"""One next thing for whoever signed in, and at most a few places beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from companionway.conversations import queries as conversations
from companionway.foundation.prepared import counted
from companionway.introductions import queries as introductions
from companionway.oncall import queries as oncall
from companionway.people import queries as people
from companionway.people.models import Organisation, Person
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
    here = people.organisation()
    mine = _counts(person, here, now)
    things = [*_unread(talks), *_answers(mine), *_agreements(person), *_asks(person, mine), *_desk(person)]
    return {
        "person": person,
        "next_thing": things[0] if things else None,
        "then": things[1 : 1 + SHOWN],
        "talks": talks[:SHOWN],
        "more_talks": len(talks) > SHOWN,
        "presence": oncall.in_short(here, now, mine.rotas, mine.on_call),
        "is_supporter": person.holds("support.accompany"),
    }


class _Counts(NamedTuple):
    asks: int
    walks: int
    requests: int
    rotas: int
    on_call: int


def _counts(person: Person, here: Organisation, now: datetime) -> _Counts:
    """What decides which things are shown, in one question."""
    asks = [introductions.waiting_asks(person.pk)] if person.holds("support.accompany") else []
    team = oncall.to_count(here, now)
    found = counted([support.open_walks(person.pk), introductions.open_requests(person.pk), *team, *asks])
    walks, requests, rotas, on_call, *waiting = found
    return _Counts(sum(waiting), walks, requests, rotas, on_call)


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


def _answers(mine: _Counts) -> list[NextThing]:
    if not mine.asks:
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
    waiting = support.first_agreement_waiting(person)
    if waiting is None:
        return []
    return [
        NextThing(
            title=_("An agreement waits for you"),
            words=_("%(name)s wrote down how the two of you might go about it.")
            % {"name": waiting.other_of(person).name},
            url=reverse("support:agreement", args=[waiting.public_id]),
            label=_("Read it"),
            icon="plan",
        )
    ]


def _asks(person: Person, mine: _Counts) -> list[NextThing]:
    """For a member without anybody yet: begin, or see how the wait stands."""
    if not person.holds("support.ask") or mine.walks:
        return []
    if mine.requests:
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
