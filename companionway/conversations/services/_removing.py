"""The team takes a message away by a decision with reasons, and puts it back when an appeal finds that was wrong."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from companionway.conversations import policy, queries
from companionway.conversations.changes import Changing
from companionway.conversations.models import Message
from companionway.conversations.states import MessageState
from companionway.conversations.writing import WRITER, first_in_order
from companionway.foundation import lane, sealing
from companionway.foundation.policy import require
from companionway.people.models import Person


@transaction.atomic
def take_away_message(*, actor: Person, message: Message, now: datetime) -> dict[str, str]:
    """Its words leave the conversation, for both; a line says that the team took one away.

    They are returned, once, for the room that decided: it keeps them for an appeal. Raises Refused.
    """
    first_in_order()
    found = Message.objects.get(pk=message.pk)
    require(policy.may_take_away(actor, found))
    words = queries.shown_of(found).facts
    lane.do(WRITER, Changing(found.pk, actor.pk, MessageState.TAKEN_AWAY, b"", {}, now, is_by_team=True))
    return words


@transaction.atomic
def put_back_message(*, actor: Person, message_id: int, words: dict[str, str], now: datetime) -> bool:
    """As it was: the same words, at the same place. Not where the message, its writer or the conversation is gone."""
    first_in_order()
    found = Message.objects.filter(pk=message_id, state=MessageState.TAKEN_AWAY).first()
    if found is None or found.author_id is None or not words:
        return False
    try:
        key = sealing.key_of_both(
            sealing.CONVERSATION, found.conversation_id, sealing.PERSON, found.author_id
        )
    except sealing.KeyDestroyed:
        return False
    sealed = sealing.seal_facts(key, words, found.place)
    lane.do(WRITER, Changing(found.pk, actor.pk, MessageState.HERE, sealed, words, now, is_by_team=True))
    return True
