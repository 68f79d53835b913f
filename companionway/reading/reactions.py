"""What we do when others tell: somebody wrote on a page, a pair has ended, a walk has ended."""

from __future__ import annotations

from django.utils import timezone

from companionway.foundation.events import on
from companionway.people.models import Person
from companionway.reading import services
from companionway.supervision.events import SupervisionEnded
from companionway.support.events import Ended, NoteWritten


@on(NoteWritten)
def a_newer_version_asks_anew(event: NoteWritten) -> None:
    if event.note_id is not None:
        actor = Person.objects.filter(pk=event.actor_id or 0).first()
        services.ask_anew(actor=actor, note_id=event.note_id, now=timezone.now())


@on(SupervisionEnded)
def nobody_reads_any_more(event: SupervisionEnded) -> None:
    services.keep_after(actor=None, supervision_id=event.supervision_id, now=timezone.now())


@on(Ended)
def what_was_not_signed_stays_with_them(event: Ended) -> None:
    services.keep_after(actor=None, relationship_id=event.relationship_id, now=timezone.now())
