"""Records kept apart: that something waits, for those who may read it and for who is answered. Nobody else hears."""

from __future__ import annotations

from django.utils import timezone

from companionway.foundation.events import on
from companionway.notices.states import Kind
from companionway.notices.writing import note_down
from companionway.safeguarding import queries as safeguarding
from companionway.safeguarding.events import AuthorAnswered, RecordAddedTo, RecordWritten


@on(RecordWritten)
def something_was_told(event: RecordWritten) -> None:
    """Every lead who may read it. A block between two people does not hold it back: nobody's safety waits for that."""
    note_down(
        safeguarding.readers_of(event.record_id),
        kind=Kind.WAITS,
        subject=event.subject,
        once_per="once",
        now=timezone.now(),
    )


@on(RecordAddedTo)
def something_was_added(event: RecordAddedTo) -> None:
    """At most once an hour for each record, and never to who added it."""
    now = timezone.now()
    note_down(
        safeguarding.readers_of(event.record_id) - {event.actor_id or 0},
        kind=Kind.WAITS,
        subject=event.subject,
        once_per=f"added {now:%Y-%m-%dT%H}",
        now=now,
    )


@on(AuthorAnswered)
def who_told_is_answered(event: AuthorAnswered) -> None:
    now = timezone.now()
    note_down(
        [event.author_id] if event.author_id != event.actor_id else [],
        kind=Kind.WAITS,
        subject=event.subject,
        once_per=f"answered {now:%Y-%m-%dT%H}",
        now=now,
    )
