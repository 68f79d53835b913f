"""The thread beside a conversation: a trainee and mentors, about practice."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.foundation.events import announce
from companionway.foundation.policy import Refused, require
from companionway.people.models import Person
from companionway.release import events, policy, queries
from companionway.release.models import Thread, ThreadNote
from companionway.ui.forms import tidy

MOST_WORDS = 3000


@transaction.atomic
def say_beside(
    *, actor: Person, thread: Thread, words: str, quoted_id: int | None = None, now: datetime
) -> ThreadNote:
    """Write in the thread. A message is pointed to by its number, and only one that the writer may see themselves.

    Raises Refused. Source: F38 ("quotes only by reference").
    """
    require(policy.may_say_beside(actor, thread))
    words = tidy(words).strip()
    if not 0 < len(words) <= MOST_WORDS:
        raise Refused(_("Please write a few words, or fewer of them."))
    if quoted_id is not None and quoted_id not in dict(queries.quotable(actor, thread)):
        raise Refused(_("You can only point to a message that you may see."))
    note = ThreadNote(thread=thread, author=actor, quoted_id=quoted_id, written_at=now)
    note.sealed = queries.key_of_note(note).seal(words, note.place)
    note.save()
    announce(events.SaidBeside(actor_id=actor.pk, subject=f"thread:{thread.pk}", thread_id=thread.pk), at=now)
    return note
