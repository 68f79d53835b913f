"""Circles across organisations: questions about practice, under a name chosen for the circle."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.foundation.events import announce
from companionway.foundation.models import new_public_id
from companionway.foundation.policy import Refused, require
from companionway.foundation.sealing import PERSON, destroy_key, key_of, key_of_both
from companionway.people.models import Person
from companionway.supervision import policy, queries
from companionway.supervision.events import CircleJoined, CircleLeft, CircleOpened, CircleQuiet, CircleSpoke
from companionway.supervision.models import Circle, CirclePerson, CircleWords
from companionway.supervision.states import CIRCLE_KEY

NAME, WAY_IN, CALLED = "circle_name", "circle_way_in", "circle_called"
MOST_PEOPLE = 12


@transaction.atomic
def open_circle(*, actor: Person, name: str, called: str, now: datetime) -> Circle:
    """Open a circle and sit in it under a name of one's own choice. Others come in with its words, from anywhere.

    Nothing of an organisation, a programme or anybody supported belongs to a circle: there is no place for it.
    """
    require(policy.may_open_circle(actor))
    _check(actor, name, called)
    way_in = "-".join(secrets.token_hex(2) for _each in range(4))
    circle = Circle.objects.create(
        sealed_name=b"", sealed_way_in=b"", way_in_hash=queries.code_hash(way_in), opened_at=now
    )
    key = key_of(CIRCLE_KEY, circle.pk)
    circle.sealed_name, circle.sealed_way_in = key.seal(name, NAME), key.seal(way_in, WAY_IN)
    circle.save(update_fields=["sealed_name", "sealed_way_in"])
    _sit(actor, circle, called, now)
    announce(CircleOpened(**_facts(actor, circle)), at=now)
    return circle


@transaction.atomic
def join_circle(*, actor: Person, way_in: str, called: str, now: datetime) -> Circle:
    """Come in with the words somebody gave. Coming twice is once."""
    require(policy.may_open_circle(actor))
    _check(actor, called)
    found = Circle.objects.select_for_update().filter(
        way_in_hash=queries.code_hash(way_in), ended_at=None
    ).first()  # fmt: skip
    if found is None:
        raise Refused(_("These words open nothing. Please look at them once more."))
    seats = found.people.filter(left_at=None)
    if seats.filter(person=actor).exists():
        return found
    if seats.count() >= MOST_PEOPLE:
        raise Refused(_("This circle is full. Twelve is as many as can listen to each other."))
    _sit(actor, found, called, now)
    announce(CircleJoined(**_facts(actor, found)), at=now)
    return found


@transaction.atomic
def leave_circle(*, actor: Person, circle: Circle, now: datetime) -> None:
    """Leave at any time. One's words stay unless taken back first; with the last person the circle is gone for good."""
    locked = _mine(actor, circle)
    locked.people.filter(person=actor, left_at=None).update(left_at=now)
    if not locked.people.filter(left_at=None).exists():
        locked.words.all().delete()
        locked.ended_at, locked.sealed_name, locked.sealed_way_in = now, b"", b""
        locked.save(update_fields=["ended_at", "sealed_name", "sealed_way_in"])
        destroy_key(CIRCLE_KEY, locked.pk, now=now)
    announce(CircleLeft(**_facts(actor, locked)), at=now)


@transaction.atomic
def ask_circle(*, actor: Person, circle: Circle, words: str, now: datetime) -> CircleWords:
    """Ask the circle something about practice.

    Refused when it names somebody the writer walks with, says how to reach or find somebody, links anywhere, or
    repeats what somebody wrote to the writer: no member crosses from one organisation to another.
    """
    locked = _mine(actor, circle)
    return _say(actor, locked, words, None, now)


@transaction.atomic
def answer_in_circle(*, actor: Person, question: CircleWords, words: str, now: datetime) -> CircleWords:
    """Answer a question of the circle, under the same rules as asking one."""
    asked = policy.circle_words_visible_to(actor).select_related("circle").get(pk=question.pk)
    locked = _mine(actor, asked.circle)
    return _say(actor, locked, words, asked if asked.answers_id is None else asked.answers, now)


@transaction.atomic
def take_words_back(*, actor: Person, words: CircleWords, now: datetime) -> None:
    """Take one's own words back; the answers to a question go with it."""
    row = policy.circle_words_visible_to(actor).select_related("seat", "circle").get(pk=words.pk)
    if row.seat.person_id != actor.pk:
        raise Refused(_("Only whoever wrote this can take it back."))
    circle = row.circle
    row.delete()
    announce(CircleQuiet(**_facts(actor, circle)), at=now)


def _mine(actor: Person, circle: Circle) -> Circle:
    locked = policy.circles_visible_to(actor).select_for_update(of=("self",)).filter(pk=circle.pk).first()
    if locked is None:
        raise Refused(_("This is not open to you."))
    return locked


def _say(
    actor: Person, circle: Circle, words: str, answers: CircleWords | None, now: datetime
) -> CircleWords:
    if not words.strip():
        raise Refused(_("Please write something here."))
    _check(actor, words)
    seat = circle.people.get(person=actor, left_at=None)
    row = CircleWords(public_id=new_public_id(), circle=circle, seat=seat, answers=answers, written_at=now)
    row.sealed = key_of_both(CIRCLE_KEY, circle.pk, PERSON, actor.pk).seal(words, row.context)
    row.save()
    told = _facts(actor, circle)
    announce(CircleSpoke(**told, question_id=(answers or row).pk), at=now)
    return row


def _check(actor: Person, *texts: str) -> None:
    for text in texts:
        found = queries.what_may_not_cross(actor, text)
        if found is not None:
            raise Refused(
                {
                    "name": _(
                        "There is a name in this of somebody you walk with. Please say it without naming anybody."
                    ),
                    "way_to_reach": _(
                        "There is a link, a number or an address in this. Please leave it out: nothing leads from"
                        " here to anybody."
                    ),
                    "quotation": _(
                        "These are somebody's own words to you. Please ask about your practice in words of your own."
                    ),
                }[found]
            )


def _sit(actor: Person, circle: Circle, called: str, now: datetime) -> CirclePerson:
    key = key_of_both(CIRCLE_KEY, circle.pk, PERSON, actor.pk)
    return CirclePerson.objects.create(
        circle=circle, person=actor, sealed_called=key.seal(called, CALLED), joined_at=now
    )


def _facts(actor: Person, circle: Circle) -> dict[str, Any]:
    return {"actor_id": actor.pk, "subject": f"circle:{circle.pk}", "circle_id": circle.pk}
