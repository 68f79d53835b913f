"""When one of the two is gone, or has blocked the other: the house does what is kind without being asked."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from companionway.foundation.events import announce
from companionway.people.models import Person
from companionway.support import talk
from companionway.support.closing import close
from companionway.support.events import PausedTogether
from companionway.support.kinds import LEFT
from companionway.support.models import Relationship
from companionway.support.moving import move, taken, whom
from companionway.support.states import State


@transaction.atomic
def part_after_leaving(*, actor: Person, now: datetime) -> int:
    """`actor` deleted everything: end what was still open, with a plain line for the other; returns how many."""
    left = Relationship.objects.open().of(actor.pk).select_related("programme", "member", "supporter")
    for relationship in left:
        other = relationship.other_of(actor)
        close(taken(other, relationship), other, kind=LEFT, is_named=False, now=now)
    return len(left)


@transaction.atomic
def step_apart(*, actor: Person, other: Person, now: datetime) -> int:
    """`actor` blocked `other`: their talk closes and the walk rests. Only `actor` is then offered to end it.

    The other is told of a pause, never of the block. Returns how many walks were touched.
    """
    walks = Relationship.objects.open().between(actor.pk, other.pk)
    for relationship in walks:
        locked = taken(actor, relationship)
        talk.close(locked, actor, now)
        if locked.may_move(State.PAUSED):
            locked.paused_at = now
            move(locked, State.PAUSED, "paused_at")
            announce(PausedTogether(**whom(locked, None)), at=now)
    return len(walks)
