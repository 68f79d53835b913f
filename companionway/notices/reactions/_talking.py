"""Messages, and looks inside."""

from __future__ import annotations

from collections import defaultdict

from django.utils import timezone

from companionway.conversations import queries as conversations_queries
from companionway.conversations.events import LookedInside, MessageSent
from companionway.foundation.events import on
from companionway.notices.states import Kind
from companionway.notices.writing import note_down
from companionway.people import queries as people_queries
from companionway.people.events import SensitiveRead


@on(MessageSent)
def a_message_waits(event: MessageSent) -> None:
    """One notice for each conversation until it is read: what was read last is part of its name."""
    now, subject = timezone.now(), f"conversation:{event.conversation_id}"
    waiting: defaultdict[int, list[int]] = defaultdict(list)
    for person_id, read_id in conversations_queries.how_far_read(event.conversation_id):
        waiting[read_id].append(person_id)
    for read_id, people in waiting.items():
        once_per = str(read_id)
        note_down(people, kind=Kind.MESSAGE, subject=subject, once_per=once_per, by=event.actor_id, now=now)


@on(LookedInside)
def a_conversation_was_opened(event: LookedInside) -> None:
    _looked(event.about_id, event.subject)


@on(SensitiveRead)
def something_of_theirs_was_read(event: SensitiveRead) -> None:
    if not people_queries.was_told_before(event.reason):
        _looked(event.about_id, event.subject)


def _looked(person_id: int | None, subject: str) -> None:
    if person_id is not None:
        now = timezone.now()
        today = timezone.localdate(now).isoformat()
        # Not `by`: what staff did is told to whom it concerns, blocked or not.
        note_down([person_id], kind=Kind.LOOKED, subject=subject, once_per=today, now=now)
