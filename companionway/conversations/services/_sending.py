"""Sending, and the service's own lines."""

from __future__ import annotations

import uuid
from datetime import datetime
from functools import partial

from django.db import transaction

from companionway.conversations import policy
from companionway.conversations.bubbles import Shown
from companionway.conversations.models import Conversation, place_of
from companionway.conversations.states import LINES
from companionway.conversations.writing import (
    WRITER,
    Sending,
    is_of_other_words,
    other_names,
    prepare_message,
)
from companionway.foundation import lane, sealing
from companionway.foundation.policy import require
from companionway.people.models import Person


@transaction.atomic
def send_message(
    *,
    actor: Person,
    conversation: Conversation,
    text: str,
    note: str = "",
    client_id: str = "",
    now: datetime,
) -> Shown:
    """Say something. The same `client_id` and words again are the same message. Raises Unfit or Refused.

    The live door does the same by `writing.prepare_message` and the commit lane.
    """
    require(policy.may_send(actor, conversation))
    key = sealing.key_of_both(sealing.CONVERSATION, conversation.pk, sealing.PERSON, actor.pk)
    prepare = partial(
        prepare_message,
        author_id=actor.pk,
        conversation_id=conversation.pk,
        key=key,
        text=text,
        note=note,
        now=now,
    )
    sending = prepare(client_id=client_id)
    names = other_names(sending.client_id)
    while is_of_other_words(shown := lane.do(WRITER, sending), sending):
        sending = prepare(client_id=next(names))
    return shown


@transaction.atomic
def say_system_line(
    *,
    actor: Person | None,
    conversation: Conversation,
    key: str,
    name: str = "",
    reason: str = "",
    now: datetime,
) -> Shown:
    """A line of the service itself between the two people; `key` is one of states.LINES."""
    if key not in LINES:
        raise ValueError(f"no such line: {key}")
    facts, client_id = {"line": key, "name": name, "reason": reason}, str(uuid.uuid4())
    seal = sealing.key_of(sealing.CONVERSATION, conversation.pk)
    sealed = sealing.seal_facts(seal, facts, place_of(None, client_id))
    return lane.do(WRITER, Sending(conversation.pk, None, client_id, sealed, facts, now))
