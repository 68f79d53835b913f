"""This room's part of "delete everything": their places, days and offers go."""

from __future__ import annotations

from datetime import datetime

from companionway.foundation import sweeping
from companionway.people.models import Person
from companionway.placements.models import CanCover, Holding, Interest, WorkDay

sweeping.holds_plain_facts("placements_holding", "placements_workday")


def part(person: Person, now: datetime) -> dict[str, int]:
    """Days ahead are asked of others; days gone by are nobody's."""
    for model in (Interest, CanCover):
        model._default_manager.filter(person=person).delete()
    had, _all = Holding.objects.filter(person=person).delete()
    days = WorkDay.objects.filter(person=person)
    days.filter(day__lt=now.date()).delete()
    days.update(person=None, asked_at=now)
    return {"places_to_work": had}
