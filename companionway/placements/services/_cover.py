"""Every day of a place of the house somebody goes, or those who can are asked; then members of staff."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.clubhouse.moving import taken, tell, today_of
from companionway.foundation.policy import Refused, require
from companionway.people.models import Person
from companionway.placements import policy
from companionway.placements.events import CoverAsked, CoverFallsToStaff, CoverOffered, CoverTaken
from companionway.placements.models import CanCover, Placement, WorkDay
from companionway.placements.states import JobKind

WEEKS_AHEAD = 2
STAFF_ASKED_BEFORE = timedelta(hours=24)
"""So long before it begins a day without anybody is asked of members of staff. Our own rule."""


@transaction.atomic
def offer_cover(*, actor: Person, placement: Placement, weekdays: Collection[int], now: datetime) -> None:
    """Say on which days of the week one could go there when somebody cannot. None: no more."""
    rows = policy.placements_visible_to(actor).standing()
    locked = taken(rows, placement.pk)
    if not locked.is_of_the_house:
        raise Refused(_("Here nobody covers: it is somebody's own job."))
    days = sorted({each for each in weekdays if each in locked.weekdays})
    if days:
        CanCover.objects.update_or_create(
            placement=locked, person=actor, defaults={"weekdays": days, "said_at": now}
        )
    else:
        CanCover.objects.filter(placement=locked, person=actor).delete()
    tell(CoverOffered, locked, locked.programme_id, now, by=actor)


def _day(actor: Person, day: WorkDay) -> WorkDay:
    rows = policy.work_days_visible_to(actor).select_related("placement__programme__organisation")
    return taken(rows, day.pk)


@transaction.atomic
def say_cannot_come(*, actor: Person, day: WorkDay, now: datetime) -> WorkDay:
    """Say early that one cannot go on this day. Nobody asks why; those who can cover are asked at once."""
    locked = _day(actor, day)
    require(policy.may_say_cannot_come(actor, locked, today_of(locked.placement.programme, now)))
    locked.person, locked.asked_at = None, now
    locked.save(update_fields=["person", "asked_at"])
    tell(CoverAsked, locked, locked.placement.programme_id, now)
    return locked


@transaction.atomic
def cover_day(*, actor: Person, day: WorkDay, now: datetime) -> WorkDay:
    """Go on a day on which nobody else goes. Two who must not meet are never put there together."""
    locked = _day(actor, day)
    if locked.person_id == actor.pk:
        return locked
    require(policy.may_cover(actor, locked, today_of(locked.placement.programme, now)))
    locked.person, locked.asked_at, locked.staff_asked_at = actor, None, None
    locked.save(update_fields=["person", "asked_at", "staff_asked_at"])
    tell(CoverTaken, locked, locked.placement.programme_id, now, by=actor)
    return locked


@transaction.atomic
def lay_out_work_days(*, actor: Person | None, now: datetime) -> int:
    """Every day of the next two weeks at every place of the house. By the clock; twice is once. Returns how many."""
    rows = Placement.objects.standing().filter(kind=JobKind.TRANSITIONAL)
    return sum(lay_out_work(each, now) for each in rows.select_related("programme__organisation"))


def lay_out_work(placement: Placement, now: datetime) -> int:
    """The days from today on: whoever has the place goes, else it is asked. Places nobody ever had are not promised."""
    if not placement.is_of_the_house or not placement.holdings.filter(from_on__isnull=False).exists():
        return 0
    today = today_of(placement.programme, now)
    placement.holdings.going_on().filter(until_on__lt=today).update(ended_on=today)
    holder = policy.has_it(placement.pk)
    there = set(placement.work_days.filter(day__gte=today).values_list("day", flat=True))
    days = [today + timedelta(days=each) for each in range(7 * WEEKS_AHEAD)]
    wanted = [day for day in days if day.weekday() in placement.weekdays and day not in there]
    for day in wanted:
        goes = holder.person_id if holder and holder.is_on(day) else None
        row = WorkDay.objects.create(
            placement=placement, day=day, person_id=goes, asked_at=None if goes else now
        )
        if goes is None:
            tell(CoverAsked, row, placement.programme_id, now)
    return len(wanted)


@transaction.atomic
def ask_staff(*, actor: Person | None, now: datetime) -> int:
    """Days that begin within a day and have nobody: members of staff are asked, as was promised. Twice is once."""
    rows = WorkDay.objects.filter(
        person=None, staff_asked_at=None, day__lte=(now + 2 * STAFF_ASKED_BEFORE).date(), placement__closed_at=None
    )  # fmt: skip
    asked = 0
    for row in rows.select_for_update(of=("self",)).select_related("placement__programme__organisation"):
        if begins_at(row) - now <= STAFF_ASKED_BEFORE:
            row.staff_asked_at = now
            row.save(update_fields=["staff_asked_at"])
            tell(CoverFallsToStaff, row, row.placement.programme_id, now)
            asked += 1
    return asked


def begins_at(row: WorkDay) -> datetime:
    """The moment at which the work of this day begins."""
    zone = ZoneInfo(row.placement.programme.organisation.time_zone)
    return datetime.combine(row.day, row.placement.begins, zone)
