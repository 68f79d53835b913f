"""This room's part of deleting everything about a person."""

from __future__ import annotations

from datetime import datetime

from companionway.foundation import sweeping
from companionway.notices.models import Notice, PushDevice
from companionway.people.models import Person

sweeping.holds_plain_facts("notices_notice", "notices_pushdevice")


def part(person: Person, now: datetime) -> dict[str, int]:
    """Every notice and every device goes."""
    notices, _ = Notice.objects.filter(person=person).delete()
    devices, _ = PushDevice.objects.filter(person=person).delete()
    return {"notices": notices, "push_devices": devices}
