"""This room's part of what a person downloads: where one came, where that is kept. Elsewhere nobody knows."""

from __future__ import annotations

from typing import Any

from companionway.gatherings.models import Seat
from companionway.people.models import Person


def part(person: Person) -> dict[str, Any]:
    mine = Seat.objects.filter(person=person).select_related("meeting__series").order_by("pk")
    return {
        "meetings_i_came_to": [
            {
                "meeting": each.meeting.series.name,
                "at": each.taken_at.isoformat(),
                "quiet_seat": each.is_quiet,
            }
            for each in mine
        ]
    }
