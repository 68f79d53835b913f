"""This room's part of "delete everything": wishes, and whom they would ask after."""

from __future__ import annotations

from datetime import datetime

from companionway.people.models import Person
from companionway.reachout.models import Missed, ReachBy, ReachWish


def part(person: Person, now: datetime) -> dict[str, int]:
    """Whom they asked after stays missed, and anybody else may ask."""
    ReachBy.objects.filter(person=person).delete()
    wishes = ReachWish.objects.filter(person=person).count()
    ReachWish.objects.filter(person=person).delete()
    Missed.objects.filter(taken_by=person).update(taken_by=None)
    return {"reach_wishes": wishes}
