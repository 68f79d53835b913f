"""This room's part of "delete everything": what was not signed goes, remarks lose their words, dates stay."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from companionway.people.models import Person
from companionway.reading.models import PageReading, Remark
from companionway.reading.states import ReadingState


def part(person: Person, now: datetime) -> dict[str, int]:
    """Of the two: nothing of theirs is read any more, and remarks went with the key of the two. Of the reader: their
    words go, pages that wait stay between the two, and a signed page stays signed for those who stay."""
    two = Q(note__relationship__member=person) | Q(note__relationship__supporter=person)
    theirs = PageReading.objects.filter(two)
    ids = list(theirs.values_list("pk", flat=True))
    words = (
        Remark.objects.filter(Q(reading__in=ids) | Q(author=person)).exclude(sealed=None).update(sealed=None)
    )
    theirs.exclude(state=ReadingState.SIGNED).delete()
    read = PageReading.objects.not_signed().filter(supervision__supervisor=person)
    read.update(state=ReadingState.CLOSED)
    return {"remarks": words}
