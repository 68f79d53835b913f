"""This room's part of "delete everything": the book, and every agreement they were one of the two of."""

from __future__ import annotations

from datetime import datetime

from companionway.people.models import Person
from companionway.steps import policy


def part(person: Person, now: datetime) -> dict[str, int]:
    """The keys go with the person, so copies elsewhere say nothing either. How much stood in the book nobody counts."""
    policy.visible_to(person).delete()
    policy.companies_of(person).delete()
    return {}
