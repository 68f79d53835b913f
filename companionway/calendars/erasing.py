"""This room's part of "delete everything": private addresses lead nowhere any more."""

from __future__ import annotations

from datetime import datetime

from companionway.calendars.models import Feed
from companionway.people.models import Person


def part(person: Person, now: datetime) -> dict[str, int]:
    return {"calendar_addresses": Feed.objects.filter(person=person).delete()[0]}
