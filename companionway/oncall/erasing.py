"""This room's part of deleting everything about a person."""

from __future__ import annotations

from datetime import datetime

from companionway.foundation import ids, sealing
from companionway.oncall import keeping_turns
from companionway.oncall.models import PHONE, Offer, Telephone, Turn, WeeklySlot
from companionway.people.models import Person

ids.owners(PHONE, "oncall.Telephone")


def part(person: Person, now: datetime) -> dict[str, int]:
    """Their numbers and their place in the pattern go, and turns to come are left, which those who lead are told.

    That somebody was on call then stays, without a name: it belongs to what the team did.
    """
    numbers = Telephone.objects.filter(person=person)
    for pk in numbers.values_list("pk", flat=True):
        sealing.destroy_key(PHONE, pk, now=now)
    telephones, _ = numbers.delete()
    slots, _ = WeeklySlot.objects.filter(person=person).delete()
    Offer.objects.filter(to=person).delete()
    left = list(Turn.objects.standing().filter(person=person, ends_at__gt=now).order_by("starts_at"))
    for turn in left:
        keeping_turns.end(turn, now)
    if left:
        keeping_turns.tell_left(None, left[0], now)
    return {"telephones": telephones, "weekly_turns": slots, "turns_left": len(left)}
