"""This room's part of what a person downloads."""

from __future__ import annotations

from typing import Any

from companionway.people.models import Person
from companionway.placements.models import CanCover, Holding, Interest, WorkDay


def part(person: Person) -> dict[str, Any]:
    holdings = Holding.objects.filter(person=person).select_related("placement__employer").order_by("pk")
    days = WorkDay.objects.filter(person=person).select_related("placement").order_by("day")
    covers = CanCover.objects.filter(person=person).select_related("placement").order_by("pk")
    interests = Interest.objects.filter(person=person).select_related("placement")
    return {
        "places": [
            {
                "title": each.placement.title,
                "employer": each.placement.employer.name,
                "from": each.from_on.isoformat() if each.from_on else None,
                "until": each.ended_on.isoformat() if each.ended_on else None,
            }
            for each in holdings
        ],
        "days": [{"title": each.placement.title, "day": each.day.isoformat()} for each in days],
        "can_cover": [{"title": each.placement.title, "weekdays": each.weekdays} for each in covers],
        "interested_in": [each.placement.title for each in interests],
    }
