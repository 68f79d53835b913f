"""The house and its units: begun, renamed, cared for and closed by anybody who belongs."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from companionway.clubhouse import policy
from companionway.clubhouse.events import (
    HoursSet,
    UnitBegun,
    UnitCaredFor,
    UnitChosen,
    UnitClosed,
    UnitRenamed,
)
from companionway.clubhouse.models import House, HouseDecision, InUnit, Unit
from companionway.clubhouse.moving import at_home, monday_of, taken, tell, today_of
from companionway.foundation.policy import Refused
from companionway.people.models import Person, Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """When the house is open: three times of day in order, and days of the week (Monday is 0)."""

    opens: time
    midday: time
    closes: time
    weekdays: Collection[int]


@transaction.atomic
def set_hours(*, actor: Person, programme: Programme, hours: Hours, now: datetime) -> House:
    """Say when the work-ordered day begins, when its afternoon begins, and when it is over."""
    at_home(actor, programme)
    if not hours.opens < hours.midday < hours.closes:
        raise Refused(_("Please give the three times in their order: opening, midday, closing."))
    house, _is_new = House.objects.update_or_create(
        programme=programme,
        defaults={
            "opens": hours.opens,
            "midday": hours.midday,
            "closes": hours.closes,
            "weekdays": sorted({day for day in hours.weekdays if 0 <= day <= 6}),
        },
    )
    tell(HoursSet, house, programme.pk, now, by=actor)
    return house


def _named(deed: Any) -> None:
    try:
        with transaction.atomic():
            deed()
    except IntegrityError as fault:
        raise Refused(_("There is a unit with this name already.")) from fault


@transaction.atomic
def begin_unit(*, actor: Person, programme: Programme, name: str, about: str, now: datetime) -> Unit:
    """Begin a part of the house."""
    at_home(actor, programme)
    unit = Unit(programme=programme, name=name.strip(), about=about.strip(), begun_at=now)
    if not unit.name:
        raise Refused(_("Please give it a name."))
    _named(unit.save)
    tell(UnitBegun, unit, programme.pk, now, by=actor)
    return unit


@transaction.atomic
def rename_unit(*, actor: Person, unit: Unit, name: str, about: str, now: datetime) -> Unit:
    """Call a unit otherwise, or say otherwise what it is about."""
    locked = taken(policy.units_visible_to(actor).standing(), unit.pk)
    if not name.strip():
        raise Refused(_("Please give it a name."))
    locked.name, locked.about = name.strip(), about.strip()
    _named(lambda: locked.save(update_fields=["name", "about"]))
    tell(UnitRenamed, locked, locked.programme_id, now, by=actor)
    return locked


@transaction.atomic
def close_unit(*, actor: Person, unit: Unit, decision: HouseDecision | None = None, now: datetime) -> Unit:
    """Close a unit; `decision` is the house's, where it decided so. Its tasks of later days leave the board."""
    locked = taken(policy.units_visible_to(actor).standing(), unit.pk)
    if decision is not None and decision.meeting.programme_id != locked.programme_id:
        raise Refused(_("This was decided in another house."))
    locked.closed_at, locked.closed_by = now, decision
    locked.save(update_fields=["closed_at", "closed_by"])
    locked.recurring.filter(ended_at=None).update(ended_at=now)
    today = today_of(locked.programme, now)
    locked.tasks.filter(day__gte=today, done_at=None, taken_away_at=None).update(taken_away_at=now)
    tell(UnitClosed, locked, locked.programme_id, now, by=actor)
    return locked


@transaction.atomic
def care_for_unit(*, actor: Person, unit: Unit, now: datetime) -> Unit:
    """Care for a unit this week. Pressed again it is laid down; next week it is free by itself."""
    locked = taken(policy.units_visible_to(actor).standing(), unit.pk)
    week = monday_of(today_of(locked.programme, now))
    is_mine = locked.carer_id == actor.pk and locked.cared_for_week == week
    if locked.carer_id is not None and locked.cared_for_week == week and not is_mine:
        raise Refused(_("Somebody cares for it this week already. Next week it is free."))
    locked.carer, locked.cared_for_week = (None, None) if is_mine else (actor, week)
    locked.save(update_fields=["carer", "cared_for_week"])
    tell(UnitCaredFor, locked, locked.programme_id, now)
    return locked


@transaction.atomic
def choose_unit(*, actor: Person, unit: Unit, is_mine: bool, now: datetime) -> None:
    """Make a unit one's own, or no more. One may have several, or none."""
    locked = taken(policy.units_visible_to(actor).standing(), unit.pk)
    if is_mine:
        InUnit.objects.get_or_create(unit=locked, person=actor, defaults={"since_at": now})
    else:
        InUnit.objects.filter(unit=locked, person=actor).delete()
    tell(UnitChosen, locked, locked.programme_id, now)
