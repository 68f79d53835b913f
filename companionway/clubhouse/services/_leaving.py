"""What follows when somebody belongs no more, for a time or for good: no task and no day is left without anybody."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from companionway.clubhouse.events import ReachStopped, WorkEnded
from companionway.clubhouse.models import CanCover, Hand, Holding, Interest, ReachBy, ReachWish, WorkDay
from companionway.clubhouse.moving import tell, today_of
from companionway.clubhouse.services._cover import free_days_of
from companionway.clubhouse.services._here import end_wish, leave_units
from companionway.people.models import Person, RoleHeld


@transaction.atomic
def let_go(*, actor: Person | None, person: Person, programme_id: int | None, now: datetime) -> None:
    """Free what somebody took on in a house they belong to no more (None: in every house). Twice does no harm.

    Records about them and their own history stay theirs; when they come back, they take on what they like.
    """
    held = RoleHeld.objects.filter(person=person, until_at=None)
    for pk in {programme_id} if programme_id else _houses_of(person):
        if not held.filter(programme=pk).exists():
            _let_go(person, pk, now)


def _houses_of(person: Person) -> set[int]:
    once = RoleHeld.objects.filter(person=person, programme__isnull=False)
    return set(once.values_list("programme_id", flat=True))


def _let_go(person: Person, programme_id: int, now: datetime) -> None:
    Hand.objects.on_it().filter(person=person, task__unit__programme=programme_id, task__done_at=None).update(
        until_at=now
    )
    leave_units(person, programme_id)
    Interest.objects.filter(person=person, placement__programme=programme_id).delete()
    CanCover.objects.filter(person=person, placement__programme=programme_id).delete()
    ReachBy.objects.filter(person=person, wish__programme=programme_id).delete()
    rows = Holding.objects.filter(person=person, ended_on=None, placement__programme=programme_id)
    for row in rows.select_related("placement__programme__organisation"):
        row.ended_on = today_of(row.placement.programme, now)
        row.save(update_fields=["ended_on"])
        tell(WorkEnded, row, programme_id, now)
    days = WorkDay.objects.filter(person=person, placement__programme=programme_id)
    first = days.select_related("placement__programme__organisation").first()
    if first is not None:
        free_days_of(person.pk, None, today_of(first.placement.programme, now), now)
    for wish in ReachWish.objects.live().filter(person=person, programme=programme_id):
        end_wish(wish, now)
        tell(ReachStopped, wish, programme_id, now)
