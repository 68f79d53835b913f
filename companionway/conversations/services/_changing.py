"""Second thoughts: undo within seconds, change within minutes, take back at any time."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from companionway.conversations import policy
from companionway.conversations.bubbles import Shown
from companionway.conversations.models import Message
from companionway.conversations.services._reading import keep_draft
from companionway.conversations.states import MessageState
from companionway.conversations.words import fit
from companionway.conversations.writing import WRITER, Changing
from companionway.foundation import lane, sealing
from companionway.foundation.policy import require
from companionway.people.models import Person


@transaction.atomic
def undo_message(*, actor: Person, message: Message, now: datetime) -> dict[str, str]:
    """Take it back without a trace, within seconds; returns the words, for the composer. Raises Refused."""
    require(policy.may_undo(actor, message, now))
    key = sealing.key_of_both(sealing.CONVERSATION, message.conversation_id, sealing.PERSON, actor.pk)
    words: dict[str, str] = sealing.open_facts(key, message.sealed, message.place)
    lane.do(WRITER, Changing(message.pk, actor.pk, MessageState.UNDONE, b"", {}, now))
    keep_draft(actor=actor, conversation=message.conversation, now=now, **words)
    return words


@transaction.atomic
def edit_message(*, actor: Person, message: Message, text: str, note: str = "", now: datetime) -> Shown:
    """Say it in other words, within minutes; both see that it was changed. Raises Unfit or Refused."""
    require(policy.may_edit(actor, message, now))
    text, note = fit(text, note)
    facts = {"text": text, "note": note} if note else {"text": text}
    key = sealing.key_of_both(sealing.CONVERSATION, message.conversation_id, sealing.PERSON, actor.pk)
    sealed = sealing.seal_facts(key, facts, message.place)
    return lane.do(WRITER, Changing(message.pk, actor.pk, MessageState.HERE, sealed, facts, now))


@transaction.atomic
def withdraw_message(*, actor: Person, message: Message, now: datetime) -> Shown:
    """Take it back at any time: the words are destroyed, a line says that one was taken back. Raises Refused."""
    require(policy.may_withdraw(actor, message))
    return lane.do(WRITER, Changing(message.pk, actor.pk, MessageState.TAKEN_BACK, b"", {}, now))
