"""This room's part of "delete everything": what was offered, times away, and covering on either side."""

from __future__ import annotations

from datetime import datetime

from companionway.people.models import Person
from companionway.practice.models import Cover, SupporterPractice


def part(person: Person, now: datetime) -> dict[str, int]:
    covers, _ = Cover.objects.filter(person=person).delete()
    offers, _ = SupporterPractice.objects.filter(person=person).delete()
    return {"covers": covers, "offers": offers}
