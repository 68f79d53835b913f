"""The messages of one conversation, opened, and the words that are not sent yet."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterable
from typing import Any

from companionway.conversations import gates, rows
from companionway.conversations.bubbles import Shown
from companionway.conversations.models import Clock, Conversation, Draft, Message, place_of
from companionway.conversations.states import MessageState
from companionway.foundation import sealing
from companionway.foundation.prepared import Prepared, slot
from companionway.people.models import Person

PAGE = 50
NOTHING: dict[str, str] = {}


def clock() -> int:
    """The number of the newest change anywhere."""
    return Clock.objects.values_list("value", flat=True).first() or 0


def opened(found: Iterable[tuple[Any, ...]]) -> list[Shown]:
    """Open the seals of rows of `rows.COLUMNS`. What was destroyed, or taken back, has no words."""
    sealed_rows = list(found)
    keys = sealing.keys_of_both(
        sealing.CONVERSATION,
        sealing.PERSON,
        {(row[2], row[3]) for row in sealed_rows if row[5] == MessageState.HERE},
    )
    shown = []
    for *plain, sealed in sealed_rows:
        conversation_id, author_id, client_id, state = plain[2:6]
        facts = NOTHING
        if state == MessageState.HERE and (key := keys.get((conversation_id, author_id))):
            with contextlib.suppress(sealing.CannotOpen):
                facts = sealing.open_facts(key, sealed, place_of(author_id, client_id))
        shown.append(Shown(*plain, facts))  # type: ignore[call-arg]
    return shown


def messages_of(
    conversation: Conversation, *, before_id: int | None = None, limit: int = PAGE
) -> list[Shown]:
    """The newest `limit` messages (older than `before_id`), oldest first."""
    if before_id:
        return opened(rows.read(rows.OLDER, rows.BY_ID, conversation.pk, before_id, limit))
    return opened(rows.read(rows.NEWEST, rows.BY_ID, conversation.pk, limit))


def changed_since(person_id: int, seq: int, limit: int) -> list[Shown]:
    """What changed after `seq` in the conversations this person is in, in the order it happened."""
    return opened(rows.read(rows.SINCE, rows.BY_SEQ, person_id, seq, limit))


def changed_in(conversation_id: int, seq: int, limit: int) -> list[Shown]:
    """What changed after `seq` in one conversation; with 0, its newest messages in order."""
    if seq:
        return opened(rows.read(rows.CHANGED, rows.BY_SEQ, conversation_id, seq, limit))
    return opened(rows.read(rows.NEWEST, rows.BY_ID, conversation_id, limit))


def changed_between(after: int, until: int, limit: int) -> list[Shown]:
    """Every change in (after, until], for a process that missed the telling."""
    return opened(rows.read(rows.BETWEEN, rows.BY_SEQ, after, until, limit))


def shown_of(message: Message) -> Shown:
    (shown,) = opened([tuple(getattr(message, name) for name in rows.COLUMNS)])
    return shown


def messages_with(conversation_id: int, ids: Collection[int]) -> list[Shown]:
    """These messages of one conversation, in order; what was taken back has no words."""
    found = Message.objects.filter(conversation=conversation_id, pk__in=ids).order_by("pk")
    return opened(found.values_list(*rows.COLUMNS))


def message(message_id: int) -> Message | None:
    """One message by its number, for those who decide about it: who may is asked by whoever calls."""
    return Message.objects.filter(pk=message_id).select_related("conversation").first()


def is_taken_away(message_id: int) -> bool:
    """Whether the team took this message away by a decision."""
    return Message.objects.filter(pk=message_id, state=MessageState.TAKEN_AWAY).exists()


def sent_as(person_id: int | None, client_id: str) -> Shown | None:
    """The message of theirs that has this name."""
    found = Message.objects.filter(author=person_id, client_id=client_id)
    return next(iter(opened(found.values_list(*rows.COLUMNS))), None)


def newest_id(conversation_id: int) -> int:
    """The number of the newest message here; 0 when there is none."""
    return (
        Message.objects.filter(conversation=conversation_id)
        .order_by("-id")
        .values_list("id", flat=True)
        .first()
        or 0
    )


def draft_of(person: Person, conversation: Conversation) -> dict[str, str]:
    """The words this person has not sent yet: {"text", "note", "client_id"}, or nothing."""
    draft = Draft.objects.filter(person=person, conversation=conversation).first()
    return opened_draft(person, conversation.pk, draft.sealed if draft else None)


_SENT = Prepared(
    lambda: Message.objects.filter(author=slot("person"), client_id=slot("client_id")).values_list("pk")[:1]
)


def opened_draft(person: Person, conversation_id: int, sealed: bytes | memoryview | None) -> dict[str, str]:
    if sealed is None:
        return {}
    key, place = sealing.key_of(sealing.PERSON, person.pk), Draft(conversation_id=conversation_id).place
    facts: dict[str, str] = sealing.open_facts(key, sealed, place)
    # The device went away between sending and saying so: what was sent is no draft.
    return {} if was_sent(person, facts["client_id"]) else facts


def was_sent(person: Person, client_id: str) -> bool:
    """Whether a message of theirs has this name, or words that a gate took in."""
    sent = _SENT.first(person=person.pk, client_id=client_id) is not None
    return sent or gates.has_taken(person.pk, client_id)
