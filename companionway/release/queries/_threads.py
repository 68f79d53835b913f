"""The thread beside a conversation. A quote is a number; its words come out only for who may see that message."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import Any

from companionway.conversations import policy as conversations_policy
from companionway.conversations import queries as conversations
from companionway.foundation import sealing
from companionway.people.models import Person
from companionway.release import policy
from companionway.release.models import Reading, Thread, ThreadNote

# How far back somebody can point.
QUOTABLE = 12
EXCERPT = 80


@dataclass(frozen=True, slots=True)
class Said:
    """One note; `quote` is None where nothing is pointed to, "" where this reader may not see it."""

    note: ThreadNote
    words: str
    quote: str | None
    is_mine: bool


def threads_of(actor: Person) -> list[Thread]:
    """The threads this person may read, newest first."""
    found = policy.threads_visible_to(actor).select_related("traineeship__person", "programme")
    return list(found.order_by("-opened_at", "-pk"))


def words_of_note(note: ThreadNote) -> str:
    with contextlib.suppress(sealing.KeyDestroyed, sealing.CannotOpen):
        return key_of_note(note).open(note.sealed, note.place)
    return ""


def key_of_note(note: ThreadNote) -> sealing.SealingKey:
    conversation_id = note.thread.conversation_id
    return sealing.key_of_both(sealing.CONVERSATION, conversation_id, sealing.PERSON, note.author_id)


def said_in(actor: Person, thread: Thread) -> list[Said]:
    """Oldest first."""
    notes = list(thread.notes.select_related("author", "thread").order_by("pk"))
    seen = {shown.id: shown.facts.get("text", "") for shown in _visible(actor, thread, _quoted(notes))}
    return [
        Said(
            note=note,
            words=words_of_note(note),
            quote=None if note.quoted_id is None else _cut(seen.get(note.quoted_id, "")),
            is_mine=note.author_id == actor.pk,
        )
        for note in notes
    ]


def quotable(actor: Person, thread: Thread) -> list[tuple[int, str]]:
    """The newest messages this person may see anyway, to point to."""
    newest = conversations.messages_of(thread.conversation, limit=QUOTABLE)
    allowed = _visible(actor, thread, {each.id for each in newest if each.author_id is not None})
    return [(each.id, _cut(each.facts["text"])) for each in allowed if each.facts.get("text")]


def _quoted(notes: list[ThreadNote]) -> set[int]:
    return {note.quoted_id for note in notes if note.quoted_id is not None}


def _visible(actor: Person, thread: Thread, message_ids: set[int]) -> list[Any]:
    """Those of these messages that this reader may see: the two by their conversation, a mentor by what they read."""
    if not message_ids:
        return []
    if conversations_policy.visible_to(actor).filter(pk=thread.conversation_id).exists():
        return conversations.messages_with(thread.conversation_id, message_ids)
    windows = _windows(actor, thread)
    allowed = {pk for pk in message_ids if any(low <= pk <= high for low, high in windows)}
    return conversations.messages_with(thread.conversation_id, allowed)


def _windows(mentor: Person, thread: Thread) -> list[tuple[int, int]]:
    """The stretches of this conversation a mentor was shown, and the messages that their replies became."""
    read = Reading.objects.filter(mentor=mentor, held__conversation=thread.conversation_id)
    rows = list(read.values_list("from_id", "held__after_id", "held__message_id"))
    return [(low, high) for low, high, _ in rows] + [(pk, pk) for *_, pk in rows if pk]


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT else line[: EXCERPT - 1].rstrip() + "…"


def heard_in(thread_id: int) -> set[int]:
    """Who is told of new words there: the trainee, and the mentors who wrote in it."""
    thread = Thread.objects.select_related("traineeship").get(pk=thread_id)
    return {thread.traineeship.person_id, *thread.notes.values_list("author_id", flat=True)}
