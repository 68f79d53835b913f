"""What follows when somebody belongs no more, for a time or for good: no task is left without anybody."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from companionway.clubhouse import queries, upstairs
from companionway.clubhouse.models import Hand, InUnit
from companionway.people.models import Person


@transaction.atomic
def let_go(*, actor: Person | None, person: Person, programme_id: int | None, now: datetime) -> None:
    """Free what somebody took on in a house they belong to no more (None: in every house). Twice does no harm.

    Records about them and their own history stay theirs; when they come back, they take on what they like.
    """
    for programme in queries.left_behind(person, programme_id):
        hands = Hand.objects.on_it().filter(person=person, task__unit__programme=programme)
        hands.filter(task__done_at=None).update(until_at=now)
        InUnit.objects.filter(person=person, unit__programme=programme).delete()
        upstairs.let_go(person, programme, now)
