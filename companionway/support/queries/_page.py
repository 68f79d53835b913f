"""What stands on the page of two people, beside the agreement and the note."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from companionway.conversations import policy as conversations
from companionway.foundation.prepared import Prepared, counted, slot
from companionway.foundation.sealing import PERSON, RELATIONSHIP, KeyDestroyed, key_of, open_facts
from companionway.people.models import Person
from companionway.people.topics import reason_in_words
from companionway.plans import queries as plans
from companionway.practice import queries as practice
from companionway.safety import queries as safety
from companionway.support.models import CheckIn, Goodbye, Relationship


@dataclass(frozen=True, slots=True)
class LetterShown:
    words: str
    version: int
    is_ready: bool
    delivered_at: datetime | None


def reasons_of(relationship: Relationship) -> list[str]:
    """Why the two were introduced, in words that both may read."""
    try:
        key = key_of(RELATIONSHIP, relationship.pk)
        reasons: list[str | list[str]] = open_facts(key, relationship.sealed_reasons, "reasons") or []
    except KeyDestroyed:
        return []
    return [each if isinstance(each, str) else reason_in_words(each[0], each[1:]) for each in reasons]


def pause_words_of(relationship: Relationship) -> str:
    if not relationship.sealed_pause:
        return ""
    try:
        return key_of(RELATIONSHIP, relationship.pk).open(relationship.sealed_pause, "pause")
    except KeyDestroyed:
        return ""


_LETTERS = Prepared(lambda: Goodbye.objects.filter(relationship=slot("walk")).values("pk"))
_QUESTIONS = Prepared(
    lambda: CheckIn.objects.filter(relationship=slot("walk"), person=slot("person"), answered_at=None).values(
        "pk"
    )
)


@dataclass(frozen=True, slots=True)
class News:
    """What there is between the two that is not there on most days."""

    has_letters: bool
    has_question: bool
    is_away: bool
    is_blocked_by_me: bool
    shares_with_me: bool


def news_of(person: Person, relationship: Relationship, now: datetime) -> News:
    """All of it in one question: what is there is then asked for."""
    other = relationship.other_of(person)
    found = counted(
        [
            _LETTERS.statement(walk=relationship.pk),
            _QUESTIONS.statement(walk=relationship.pk, person=person.pk),
            practice.not_well(other.pk, relationship.programme_id),
            safety.blocks_by(person.pk, other.pk),
            plans.shared_between(other.pk, person.pk, now),
        ]
    )
    return News(*map(bool, found))


def letters_of(relationship: Relationship, reader: Person) -> tuple[LetterShown | None, LetterShown | None]:
    """(the letter I write or wrote, the letter that was given to me)."""
    mine = given = None
    for row in relationship.goodbyes.all():
        if row.writer_id == reader.pk:
            mine = _letter(row)
        elif row.delivered_at is not None:
            given = _letter(row)
    return mine, given


def _letter(row: Goodbye) -> LetterShown | None:
    try:
        words = key_of(PERSON, row.writer_id).open(row.sealed, row.context)
    except KeyDestroyed:
        return None
    return LetterShown(words, row.version, row.ready_at is not None, row.delivered_at)


def question_for(person: Person, relationship: Relationship) -> CheckIn | None:
    """The private question after two weeks, while it waits for this person."""
    return relationship.check_ins.filter(person=person, answered_at=None).first()


def _talk() -> QuerySet[Any, Any]:
    mine = conversations.visible_to(slot("person"))
    return mine.filter(pk=slot("talk")).values_list("public_id", flat=True)


_TALK = Prepared(_talk)


def talk_address(person: Person, relationship: Relationship) -> str | None:
    """The public id of the conversation of the two, as far as this person may open it."""
    if relationship.conversation_id is None:
        return None
    found: list[Any] = _TALK.all(person=person.pk, talk=relationship.conversation_id)
    return found[0] if found else None
