"""Circles, opened for the people who sit in them; and what may not be said there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from companionway.conversations import policy as conversations_policy
from companionway.conversations import queries as conversations
from companionway.foundation.sealing import PERSON, KeyDestroyed, key_of, key_of_both, keys_of_both
from companionway.people.models import Person
from companionway.reasoning import quoting
from companionway.supervision import policy
from companionway.supervision.models import Circle, CirclePerson, CircleWords
from companionway.supervision.states import CIRCLE_KEY
from companionway.support import queries as support

NAME, WAY_IN, CALLED = "circle_name", "circle_way_in", "circle_called"
# How far back a talk is looked through for words that must not be carried out of it.
WALKS_LOOKED_AT, MESSAGES_LOOKED_AT = 30, 200


@dataclass(frozen=True, slots=True)
class Said:
    words: CircleWords
    text: str
    called: str
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Question:
    said: Said
    answers: list[Said] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class CircleShown:
    circle: Circle
    name: str
    way_in: str
    called: str
    people: list[str]
    questions: list[Question]
    newest_at: datetime | None


def code_hash(code: str) -> str:
    """How a way in is kept: nobody who reads the table can use it."""
    return sha256("".join(code.split()).casefold().encode()).hexdigest()


def called_in(seat: CirclePerson) -> str:
    """The name somebody chose for this circle; empty when they deleted everything."""
    try:
        return key_of_both(CIRCLE_KEY, seat.circle_id, PERSON, seat.person_id).open(
            seat.sealed_called, CALLED
        )
    except KeyDestroyed:
        return ""


def my_circles(person: Person) -> list[CircleShown]:
    """Those I sit in, without their words."""
    rows = list(policy.circles_visible_to(person).order_by("pk"))
    seats = _seats(rows)
    _open_keys(rows, [seat for each in seats.values() for seat in each])
    return [_shown(each, person, seats[each.pk], []) for each in rows]


def _seats(circles: Iterable[Circle]) -> dict[int, list[CirclePerson]]:
    """Who sits in each of these now, in the order in which they came: one question."""
    found: dict[int, list[CirclePerson]] = {each.pk: [] for each in circles}
    for seat in CirclePerson.objects.filter(circle__in=found, left_at=None).order_by("pk"):
        found[seat.circle_id].append(seat)
    return found


def _open_keys(circles: Iterable[Circle], seats: Iterable[CirclePerson]) -> None:
    """All the keys a page of these needs, with one question at most."""
    keys_of_both(
        CIRCLE_KEY,
        PERSON,
        [*((each.pk, None) for each in circles), *((each.circle_id, each.person_id) for each in seats)],
    )


def circle_shown(circle: Circle, reader: Person) -> CircleShown:
    """One circle for somebody who sits in it: questions, newest first, each with its answers."""
    rows = list(circle.words.select_related("seat"))
    seats = _seats([circle])[circle.pk]
    _open_keys([circle], [*seats, *(row.seat for row in rows)])
    said = {row.pk: _said(row, reader) for row in rows}
    answers: dict[int, list[Said]] = {}
    for row in rows:
        if row.answers_id is not None:
            answers.setdefault(row.answers_id, []).append(said[row.pk])
    questions = [
        Question(said[row.pk], answers.get(row.pk, [])) for row in reversed(rows) if row.answers_id is None
    ]
    return _shown(circle, reader, seats, questions)


def _shown(
    circle: Circle, reader: Person, seats: list[CirclePerson], questions: list[Question]
) -> CircleShown:
    key = key_of(CIRCLE_KEY, circle.pk)
    mine = next((called_in(seat) for seat in seats if seat.person_id == reader.pk), "")
    newest = questions[0].said.words.written_at if questions else None
    names = [called_in(seat) for seat in seats]
    return CircleShown(
        circle,
        key.open(circle.sealed_name, NAME),
        key.open(circle.sealed_way_in, WAY_IN),
        mine,
        names,
        questions,
        newest,
    )


def _said(row: CircleWords, reader: Person) -> Said:
    return Said(row, words_said(row), called_in(row.seat), row.seat.person_id == reader.pk)


def words_said(row: CircleWords) -> str:
    """One question or answer, opened (with `seat` loaded)."""
    key = key_of_both(CIRCLE_KEY, row.circle_id, PERSON, row.seat.person_id)
    return key.open(row.sealed, row.context)


def people_of_circle(circle_id: int) -> list[int]:
    """Ids of those who sit in it now, to tell them that something was said."""
    seats = CirclePerson.objects.filter(circle=circle_id, left_at=None)
    return list(seats.values_list("person_id", flat=True))


def what_may_not_cross(writer: Person, text: str) -> quoting.Found | None:
    """Whether this text carries a member over the wall: a name, a way to reach or find somebody, their own words.

    Looked at for everybody the writer walks or walked with, on either side. What they wrote is opened with the
    writer's own right to read it, and nothing of it is kept.
    """
    walks = list(support.relationships_of(writer)[:WALKS_LOOKED_AT])
    names = [each.other_of(writer).name for each in support.relationships_of(writer)]
    talks = conversations_policy.visible_to(writer).filter(pk__in=[each.conversation_id for each in walks])
    written = (
        shown.facts.get("text", "")
        for talk in talks
        for shown in conversations.messages_of(talk, limit=MESSAGES_LOOKED_AT)
        if shown.author_id not in (None, writer.pk)
    )
    return quoting.may_not_cross(text, names=[each for each in names if each], written=written)
