"""This room's part of "delete everything"."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from companionway.people.models import Person
from companionway.sponsors.models import Ask, Offer, Temporary
from companionway.sponsors.states import Answer


def part(person: Person, now: datetime) -> dict[str, int]:
    """Nobody counts it. Whoever asked them reads "not now"."""
    Offer.objects.filter(person=person).delete()
    Ask.objects.filter(asker=person).delete()
    Ask.objects.filter(sponsor=person).update(answer=Answer.NOT_NOW)
    mine = Q(relationship__member=person) | Q(relationship__supporter=person)
    Temporary.objects.filter(mine).delete()
    return {}
