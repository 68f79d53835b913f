"""This room's part of what a person downloads about themselves."""

from __future__ import annotations

from typing import Any

from companionway.oncall.models import Telephone, Turn, WeeklySlot
from companionway.oncall.opening import opened
from companionway.people.models import Person


def part(person: Person) -> dict[str, Any]:
    """My turns on call, my place in the weekly pattern, my numbers on the telephone list."""
    return {
        "turns": [
            {
                "step": turn.step,
                "from": turn.starts_at.isoformat(),
                "until": turn.ends_at.isoformat(),
                "ended_early": turn.ended_at.isoformat() if turn.ended_at else None,
            }
            for turn in Turn.objects.filter(person=person).order_by("starts_at", "pk")
        ],
        "every_week": [
            {"step": slot.step, "weekday": slot.weekday, "from": f"{slot.begins}", "until": f"{slot.ends}"}
            for slot in WeeklySlot.objects.live().filter(person=person).order_by("weekday", "begins", "pk")
        ],
        "telephone_list": [
            opened(entry) for entry in Telephone.objects.filter(person=person).order_by("place", "pk")
        ],
    }
