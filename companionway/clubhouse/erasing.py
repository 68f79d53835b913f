"""This room's part of "delete everything": one's own words, days and choices go; the house's own book stays."""

from __future__ import annotations

from datetime import datetime

from companionway.clubhouse.models import (
    HOUSE,
    AgendaItem,
    Hand,
    Here,
    HouseAction,
    HouseDecision,
    InUnit,
    Minutes,
    Task,
    Thanks,
    Unit,
)
from companionway.foundation import ids, sweeping
from companionway.people.models import Person

ids.owners(HOUSE, "people.Programme")
sweeping.holds_plain_facts("clubhouse_hand", "clubhouse_here")


def part(person: Person, now: datetime) -> dict[str, int]:
    """What the house wrote and decided stays, without their name."""
    for model in (Hand, Thanks, Here, InUnit):
        model._default_manager.filter(person=person).delete()
    items, _all = AgendaItem.objects.filter(author=person).delete()
    Unit.objects.filter(carer=person).update(carer=None, cared_for_week=None)
    Task.objects.filter(begun_by=person).update(begun_by=None)
    HouseAction.objects.filter(carer=person).update(carer=None)
    HouseDecision.objects.filter(written_by=person).update(written_by=None)
    Minutes.objects.filter(written_by=person).update(written_by=None)
    return {"agenda_items": items}
