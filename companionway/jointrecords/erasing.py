"""This room's part of "delete everything": records they wrote with somebody go for both."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from companionway.jointrecords.models import JointRecord, RecordVersion
from companionway.people.models import Person


def part(person: Person, now: datetime) -> dict[str, int]:
    """They are sealed with the keys of both, and one of these is destroyed."""
    records = JointRecord.objects.filter(Q(member=person) | Q(other=person))
    records.update(cleared_at=now)
    RecordVersion.objects.filter(record__in=records).delete()
    gone = records.count()
    records.delete()
    return {"written_with_somebody": gone}
