"""A person's own words, for the file they download. The other person's words are the other person's."""

from __future__ import annotations

from typing import Any

from companionway.conversations import queries, rows
from companionway.conversations.models import Draft, Message, Participant
from companionway.conversations.states import MessageState
from companionway.foundation import sealing
from companionway.people.models import Person


def part(person: Person) -> list[dict[str, Any]]:
    mine = Participant.objects.filter(person=person).select_related("conversation__programme")
    return [_one(person, participant) for participant in mine.order_by("id")]


def _one(person: Person, participant: Participant) -> dict[str, Any]:
    conversation = participant.conversation
    others = [each for each in queries.people_in(conversation.pk) if each.person_id != person.pk]
    mine = Message.objects.filter(conversation=conversation, author=person, state=MessageState.HERE)
    shown = queries.opened(mine.order_by("id").values_list(*rows.COLUMNS))
    return {
        # Who else is in a place of many is theirs to say.
        "with": [conversation.heading] if conversation.heading else [each.person.name for each in others],
        "programme": conversation.programme.name,
        "opened_at": conversation.opened_at.isoformat(),
        "closed_at": conversation.closed_at.isoformat() if conversation.closed_at else None,
        "my_messages": [{"sent_at": each.sent_at.isoformat(), **each.facts} for each in shown],
        "my_draft": queries.draft_of(person, conversation).get("text", "") if _has_key(person) else "",
    }


def _has_key(person: Person) -> bool:
    if not Draft.objects.filter(person=person).exists():
        return False
    try:
        sealing.key_of(sealing.PERSON, person.pk)
    except sealing.KeyDestroyed:
        return False
    return True
