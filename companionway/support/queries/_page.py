"""What stands on the page of two people, beside the agreement and the note."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from companionway.conversations import policy as conversations
from companionway.foundation.sealing import PERSON, RELATIONSHIP, KeyDestroyed, key_of, open_facts
from companionway.people.models import Person
from companionway.people.topics import reason_in_words
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


def talk_address(person: Person, relationship: Relationship) -> str | None:
    """The public id of the conversation of the two, as far as this person may open it."""
    if relationship.conversation_id is None:
        return None
    talks = conversations.visible_to(person).filter(pk=relationship.conversation_id)
    address: str | None = talks.values_list("public_id", flat=True).first()
    return address
