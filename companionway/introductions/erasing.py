"""This room's part of "delete everything": requests, introductions on either side, and what was written about them."""

from __future__ import annotations

from datetime import datetime

from companionway.introductions.models import Introduction, PassedOver, Request
from companionway.people.models import Person


def part(person: Person, now: datetime) -> None:
    PassedOver.objects.filter(request__member=person).delete()
    Introduction.objects.filter(supporter=person).delete()
    Request.objects.filter(member=person).delete()
