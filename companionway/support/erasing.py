"""This room's part of "delete everything": one's own words go, and what was sealed for both goes with its key."""

from __future__ import annotations

from datetime import datetime

from companionway.foundation import ids
from companionway.foundation.sealing import RELATIONSHIP, destroy_key
from companionway.people.models import Person
from companionway.support.models import (
    Agreement,
    CheckIn,
    Goodbye,
    NoteLook,
    NoteVoice,
    Relationship,
    SharedNote,
)

ids.owners(RELATIONSHIP, "support.Relationship")


def part(person: Person, now: datetime) -> dict[str, int]:
    """The other keeps the words they wrote themselves. That the two walked together stays as two dates."""
    walks = Relationship.objects.of(person.pk)
    ids = list(walks.values_list("pk", flat=True))
    voices, _ = NoteVoice.objects.filter(author=person).delete()
    SharedNote.objects.filter(relationship__in=ids, voices=None).delete()
    letters, _ = Goodbye.objects.filter(writer=person).delete()
    answers, _ = CheckIn.objects.filter(person=person).delete()
    agreements, _ = Agreement.objects.filter(relationship__in=ids).delete()
    NoteLook.objects.filter(relationship__in=ids).update(sealed_words=b"")
    walks.update(sealed_reasons=None, sealed_pause=None, again_asked_by=None)
    for pk in ids:
        destroy_key(RELATIONSHIP, pk, now=now)
    return {"notes": voices, "letters": letters, "answers": answers, "agreements": agreements}
