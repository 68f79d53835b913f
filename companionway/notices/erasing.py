"""This room's part of deleting everything about a person."""

from __future__ import annotations

from datetime import datetime

from companionway.notices.models import Notice, PushDevice
from companionway.people.models import Person


def part(person: Person, now: datetime) -> None:
    """Every notice and every device goes."""
    Notice.objects.filter(person=person).delete()
    PushDevice.objects.filter(person=person).delete()
