"""This room's part of "delete everything": positions, covers and the list of reminders go. Meetings stay; they say
nothing about anybody."""

from __future__ import annotations

from datetime import datetime

from companionway.meetings.models import Chosen, Cover, Holds, Invited, Place
from companionway.people.models import Person


def part(person: Person, now: datetime) -> dict[str, int]:
    Cover.objects.filter(taken_by=person).update(taken_by=None, taken_at=None)
    Chosen.objects.filter(person=person).delete()
    Place.objects.filter(person=person).delete()
    Invited.objects.filter(person=person).delete()
    held = Holds.objects.filter(person=person)
    count = held.count()
    held.delete()
    return {"positions": count}
