"""What is done here again and again."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from companionway.foundation.duties import duty
from companionway.introductions import queries as introductions_queries
from companionway.notices.queries import people_who_may
from companionway.notices.sending import send_due
from companionway.notices.states import Kind
from companionway.notices.writing import note_down
from companionway.people.models import Person, Programme


# Apart: a mail server that does not answer holds up nothing else.
@duty("notices.send", every=timedelta(seconds=15), apart=True)
def send_what_is_due(now: datetime) -> None:
    send_due(now)


@duty("notices.overdue", every=timedelta(hours=6))
def say_what_is_overdue(now: datetime) -> None:
    """To each coordinator, once a day and programme: somebody waits longer than was promised."""
    today = timezone.localdate(now).isoformat()
    for programme in Programme.objects.all():
        for coordinator in Person.objects.here().filter(
            pk__in=people_who_may("introductions.coordinate", programme.pk)
        ):
            found = introductions_queries.exceptions(coordinator, programme, now)
            if found.first_word_missing or found.unanswered:
                subject = f"programme:{programme.pk}"
                note_down([coordinator.pk], kind=Kind.OVERDUE, subject=subject, once_per=today, now=now)
