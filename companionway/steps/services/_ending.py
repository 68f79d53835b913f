"""The house's own hand: agreements that may not go on are closed for good, not only hidden."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from companionway.people.models import Person, RoleHeld
from companionway.steps.models import Company, CompanyQuerySet
from companionway.steps.services._asking import close
from companionway.steps.states import LIVE, State


@transaction.atomic
def end_between(*, actor: Person | None, one_id: int, other_id: int, now: datetime) -> int:
    """A block, or a pair that must not meet: whatever the two agreed on is over, also when that is lifted one day."""
    two = Q(member=one_id, companion=other_id) | Q(member=other_id, companion=one_id)
    return _end(Company.objects.filter(two), now)


@transaction.atomic
def end_by_ground(
    *,
    actor: Person | None,
    relationship_id: int | None = None,
    member_id: int | None = None,
    programme_id: int | None = None,
    now: datetime,
) -> int:
    """The two walk together no more; or somebody belongs to a programme no more whose meeting it was about."""
    rows = Company.objects.none()
    if relationship_id is not None:
        rows = Company.objects.filter(relationship=relationship_id)
    elif member_id is not None and programme_id is not None:
        still = RoleHeld.objects.filter(person=member_id, programme=programme_id, until_at=None).exists()
        if not still:
            rows = Company.objects.filter(member=member_id, programme=programme_id, hold__isnull=False)
    return _end(rows, now)


@transaction.atomic
def end_where_stopped(
    *, actor: Person | None, person_id: int, programme_id: int | None, now: datetime
) -> int:
    """Somebody takes no part in a programme (None: in the organisation) from now on."""
    rows = Company.objects.filter(Q(member=person_id) | Q(companion=person_id))
    return _end(rows.filter(programme=programme_id) if programme_id else rows, now)


def _end(rows: CompanyQuerySet, now: datetime) -> int:
    found = list(rows.filter(state__in=LIVE).select_for_update(of=("self",)).order_by("pk"))
    for row in found:
        close(row, None, State.OVER, now)
    return len(found)
