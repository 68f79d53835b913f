"""Messages, and looks inside."""

from __future__ import annotations

from django.utils import timezone

from companionway.conversations import queries as conversations_queries
from companionway.conversations.events import LookedInside, MessageSent
from companionway.foundation.events import on
from companionway.notices.states import Kind
from companionway.notices.writing import note_down
from companionway.people.events import SensitiveRead


@on(MessageSent)
def a_message_waits(event: MessageSent) -> None:
    """One notice for each conversation until it is read: what was read last is part of its name."""
    now, subject = timezone.now(), f"conversation:{event.conversation_id}"
    for each in conversations_queries.people_in(event.conversation_id):
        if each.left_at is None:
            note_down(
                [each.person_id],
                kind=Kind.MESSAGE,
                subject=subject,
                once_per=str(each.last_read_id),
                by=event.actor_id,
                now=now,
            )


@on(LookedInside)
def a_conversation_was_opened(event: LookedInside) -> None:
    _looked(event.about_id, event.subject)


@on(SensitiveRead)
def something_of_theirs_was_read(event: SensitiveRead) -> None:
    _looked(event.about_id, event.subject)


def _looked(person_id: int | None, subject: str) -> None:
    if person_id is not None:
        now = timezone.now()
        today = timezone.localdate(now).isoformat()
        # Not `by`: what staff did is told to whom it concerns, blocked or not.
        note_down([person_id], kind=Kind.LOOKED, subject=subject, once_per=today, now=now)
