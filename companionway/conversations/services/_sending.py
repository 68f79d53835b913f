"""Sending, and the service's own lines."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import datetime
from functools import partial

from django.db import transaction

from companionway.conversations import gated, places, policy
from companionway.conversations.bubbles import Shown
from companionway.conversations.gates import Kept
from companionway.conversations.models import Conversation, place_of
from companionway.conversations.states import LINES
from companionway.conversations.writing import (
    WRITER,
    Sending,
    is_of_other_words,
    other_names,
    prepare_message,
    with_look,
    words_of,
)
from companionway.foundation import lane, sealing
from companionway.foundation.policy import require
from companionway.noticing.looking import NOTHING, Watch, look
from companionway.people.models import Person


@transaction.atomic
def send_message(
    *,
    actor: Person,
    conversation: Conversation,
    text: str,
    note: str = "",
    client_id: str = "",
    asks_first: bool = False,
    now: datetime,
) -> Shown | Kept:
    """Say something. The same `client_id` and words again are the same message. Raises Unfit or Refused.

    Where a gate stands before this author's words they may be kept instead (`gates`); `asks_first`: they wish it.
    The live door does the same by `writing.prepare_message` and the commit lane.
    """
    require(policy.may_send(actor, conversation))
    require(policy.may_write_now(conversation, now))
    key = sealing.key_of_both(sealing.CONVERSATION, conversation.pk, sealing.PERSON, actor.pk)
    watch = places.watch_of(conversation)
    prepare = partial(
        prepare_message,
        author_id=actor.pk,
        conversation_id=conversation.pk,
        key=key,
        text=text,
        note=note,
        now=now,
    )

    def ready(name: str) -> Sending:
        return replace(_looked(prepare(client_id=name), watch, actor, key), asks_first=asks_first)

    sending = ready(client_id)
    names = other_names(sending.client_id)
    while is_of_other_words(shown := gated.do(sending, actor.pk, conversation.pk), sending):
        sending = ready(next(names))
    return shown


def _looked(sending: Sending, watch: Watch, actor: Person, key: sealing.SealingKey) -> Sending:
    return with_look(sending, look(words_of(sending.facts), watch, actor.language), key)


@transaction.atomic
def say_system_line(
    *,
    actor: Person | None,
    conversation: Conversation,
    key: str,
    name: str = "",
    reason: str = "",
    until: datetime | None = None,
    now: datetime,
) -> Shown:
    """A line of the service itself between the two people; `key` is one of states.LINES.

    `until`: a moment it names, which each reader is told in their own time.
    """
    if key not in LINES:
        raise ValueError(f"no such line: {key}")
    facts, client_id = {"line": key, "name": name, "reason": reason}, str(uuid.uuid4())
    if until is not None:
        facts["until"] = until.isoformat()
    seal = sealing.key_of(sealing.CONVERSATION, conversation.pk)
    sealed = sealing.seal_facts(seal, facts, place_of(None, client_id))
    return lane.do(WRITER, Sending(conversation.pk, None, client_id, sealed, facts, now, NOTHING))
