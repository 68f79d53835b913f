"""This room's part of "delete everything": seats that know their person go, and their words with them."""

from __future__ import annotations

from datetime import datetime

from companionway.gatherings.models import Seat, Share
from companionway.people.models import Person


def part(person: Person, now: datetime) -> dict[str, int]:
    """Where nobody keeps who came there is nothing to find; what was written there goes at the close."""
    shares = Share.objects.filter(seat__person=person).delete()[0]
    seats = Seat.objects.filter(person=person)
    count = seats.count()
    seats.delete()
    return {"words_in_meetings": shares, "seats": count}
