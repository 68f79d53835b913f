"""Second thoughts: undo within seconds, change within minutes, take back at any time."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from companionway.conversations import gated, places, policy
from companionway.conversations.bubbles import Shown
from companionway.conversations.changes import Changing
from companionway.conversations.gates import Kept
from companionway.conversations.models import Conversation, Message, place_of
from companionway.conversations.services._reading import keep_draft
from companionway.conversations.states import MessageState
from companionway.conversations.words import fit
from companionway.conversations.writing import WRITER, words_of
from companionway.foundation import lane, sealing
from companionway.foundation.policy import require
from companionway.noticing.looking import kept_of, look
from companionway.noticing.rows import Noted, change_noticed
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
def edit_message(
    *,
    actor: Person,
    message: Message,
    text: str,
    note: str = "",
    written_at: datetime | None = None,
    now: datetime,
) -> Shown | Kept:
    """Say it in other words, within minutes; both see that it was changed. Raises Unfit or Refused.

    Where a gate stands the new words may be kept, and the old ones stand (`gates`); `written_at`: when their author
    wrote them, where they were read in between.
    """
    require(policy.may_edit(actor, message, written_at or now))
    require(policy.may_write_now(message.conversation, now))
    text, note = fit(text, note)
    facts = {"text": text, "note": note} if note else {"text": text}
    key = sealing.key_of_both(sealing.CONVERSATION, message.conversation_id, sealing.PERSON, actor.pk)
    sealed = sealing.seal_facts(key, facts, message.place)
    looked = look(words_of(facts), places.watch_of(message.conversation), actor.language)
    kept = kept_of(looked, key, message.place)
    where = message.conversation_id
    deed = Changing(message.pk, actor.pk, MessageState.HERE, sealed, facts, now, looked, kept, where)
    return gated.do(deed, actor.pk, where)


@transaction.atomic
def look_at_held(
    *,
    actor: Person,
    conversation: Conversation,
    number: int,
    client_id: str,
    facts: dict[str, str],
    now: datetime,
) -> None:
    """Other words in place of those that a gate took in: looked at like new ones, under the number they have.

    Inside the deed that changes them (`gates`), which announces itself.
    """
    key = sealing.key_of_both(sealing.CONVERSATION, conversation.pk, sealing.PERSON, actor.pk)
    looked = look(words_of(facts), places.watch_of(conversation), actor.language)
    change_noticed(Noted(conversation.pk, number, now), kept_of(looked, key, place_of(actor.pk, client_id)))


@transaction.atomic
def withdraw_message(*, actor: Person, message: Message, now: datetime) -> Shown:
    """Take it back at any time: the words are destroyed, a line says that one was taken back. Raises Refused."""
    require(policy.may_withdraw(actor, message))
    return lane.do(WRITER, Changing(message.pk, actor.pk, MessageState.TAKEN_BACK, b"", {}, now))
