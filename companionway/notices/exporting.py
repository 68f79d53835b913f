"""This room's part of what a person downloads about themselves."""

from __future__ import annotations

from typing import Any

from companionway.notices.models import Notice, PushDevice
from companionway.people.models import Person


def part(person: Person) -> dict[str, Any]:
    """What I chose, which browsers may be told, and what I was told when."""
    return {
        "choices": person.notice_choices,
        "devices": [
            {"label": device.label, "added": device.added_at.isoformat()}
            for device in PushDevice.objects.filter(person=person).order_by("pk")
        ],
        "notices": [
            {
                "about": notice.kind,
                "by": notice.channel,
                "state": notice.state,
                "sent": notice.sent_at.isoformat() if notice.sent_at else None,
            }
            for notice in Notice.objects.filter(person=person).order_by("pk")
        ],
    }
