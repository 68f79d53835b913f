"""This room's part of "delete everything": requests, introductions on either side, and what was written about them."""

from __future__ import annotations

from datetime import datetime

from companionway.introductions.models import Introduction, PassedOver, Request
from companionway.people.models import Person


def part(person: Person, now: datetime) -> dict[str, int]:
    PassedOver.objects.filter(request__member=person).delete()
    introductions, _ = Introduction.objects.filter(supporter=person).delete()
    requests, _ = Request.objects.filter(member=person).delete()
    return {"introductions": introductions, "requests": requests}
