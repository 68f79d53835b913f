"""This room's part of what a person downloads: what they offered, whom they asked, and what they said of going on."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from companionway.people.models import Person
from companionway.sponsors import policy, queries
from companionway.sponsors.models import Offer


def part(person: Person) -> dict[str, Any]:
    """What others asked them, and what the other of two said, is not theirs to take along."""
    now = timezone.now()
    offers = Offer.objects.filter(person=person).select_related("group").order_by("pk")
    return {
        "i_offered": [{"group": each.group.name, "until": each.until_at.isoformat()} for each in offers],
        "i_asked": [
            {
                "group": each.group.name,
                "whom": each.sponsor.name,
                "at": each.asked_at.isoformat(),
                "answer": str(each.shown_as(now).label),
            }
            for each in policy.asks_of(person).select_related("group", "sponsor").order_by("pk")
        ],
        "for_a_while": [
            {"with": each.name, "until": each.row.until_on.isoformat(), "i_go_on": each.i_go_on}
            for each in queries.beginnings_of(person, now)
        ],
    }
