"""This room's part of deleting everything about a person."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from companionway.foundation import ids, sealing
from companionway.people.models import Person
from companionway.safety.models import KEEP_APART, Block, KeepApartWish, KeptApart, Report
from companionway.safety.states import ReportState

ids.owners(sealing.REPORT, "safety.Report")
ids.owners(KEEP_APART, "safety.KeptApart")


def part(person: Person, now: datetime) -> dict[str, int]:
    """Blocks, pairs and wishes go. What they reported becomes unreadable, read or not: it was theirs.

    What others reported about them stays with those others; once answered, their message in it goes as well.
    """
    blocks, _ = Block.objects.filter(Q(blocker=person) | Q(blocked=person)).delete()
    wishes, _ = KeepApartWish.objects.filter(person=person).delete()
    pairs = KeptApart.objects.filter(Q(one=person) | Q(other=person))
    for pk in pairs.exclude(sealed_reason=None).values_list("pk", flat=True):
        sealing.destroy_key(KEEP_APART, pk, now=now)
    pairs.delete()
    reports = Report.objects.filter(reporter=person)
    for pk in reports.values_list("pk", flat=True):
        sealing.destroy_key(sealing.REPORT, pk, now=now)
    reported = reports.update(reporter=None, sealed_words=None, sealed_extract=None, sealed_answer=None)
    about = Report.objects.filter(about=person)
    about.filter(state=ReportState.ANSWERED).update(sealed_extract=None)
    about.update(about=None)
    return {"blocks": blocks, "wishes": wishes, "reports": reported}
