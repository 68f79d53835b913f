"""This room's part of "delete everything": one's own words, days and choices go; the house's own book stays."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from companionway.clubhouse.models import (
    HOUSE,
    AgendaItem,
    CanCover,
    Hand,
    Here,
    Holding,
    HouseAction,
    HouseDecision,
    HouseRecord,
    Interest,
    InUnit,
    Minutes,
    Missed,
    ReachBy,
    ReachWish,
    RecordVersion,
    Task,
    Thanks,
    Unit,
    WorkDay,
)
from companionway.foundation import ids, sweeping
from companionway.people.models import Person

ids.owners(HOUSE, "people.Programme")
sweeping.holds_plain_facts("clubhouse_hand", "clubhouse_here", "clubhouse_workday", "clubhouse_holding")


def part(person: Person, now: datetime) -> dict[str, int]:
    """Records that they wrote with somebody are sealed with both keys, and go for both."""
    records = HouseRecord.objects.filter(Q(member=person) | Q(other=person))
    records.update(cleared_at=now)
    RecordVersion.objects.filter(record__in=records).delete()
    gone = records.count()
    records.delete()
    for model in (Hand, Thanks, Here, InUnit, Interest, CanCover, Holding, ReachBy, ReachWish):
        model._default_manager.filter(person=person).delete()
    items, _all = AgendaItem.objects.filter(author=person).delete()
    Missed.objects.filter(taken_by=person).update(taken_by=None)
    Unit.objects.filter(carer=person).update(carer=None, cared_for_week=None)
    Task.objects.filter(begun_by=person).update(begun_by=None)
    HouseAction.objects.filter(carer=person).update(carer=None)
    HouseDecision.objects.filter(written_by=person).update(written_by=None)
    Minutes.objects.filter(written_by=person).update(written_by=None)
    # Days ahead are asked of others; days gone by are nobody's.
    days = WorkDay.objects.filter(person=person)
    days.filter(day__lt=now.date()).delete()
    days.update(person=None, asked_at=now)
    return {"written_with_somebody": gone, "agenda_items": items}
