"""The door back: one asks, the other says yes, and a new walk begins in the same talk."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from companionway.foundation.events import announce
from companionway.foundation.policy import require
from companionway.people.models import Person
from companionway.support import policy, talk
from companionway.support.events import AskedToWalkAgain, Began
from companionway.support.models import Relationship
from companionway.support.moving import taken, whom


@transaction.atomic
def walk_again(*, actor: Person, relationship: Relationship, now: datetime) -> Relationship:
    """Wish to walk again; when the other wished it too, a new walk begins and is returned, else the ended one."""
    locked = taken(actor, relationship)
    require(policy.may_walk_again(actor, locked))
    other = locked.other_of(actor)
    if locked.again_asked_by_id != other.pk:
        if locked.again_asked_by_id is None:
            locked.again_asked_by = actor
            locked.save(update_fields=["again_asked_by"])
            announce(AskedToWalkAgain(**whom(locked, actor)), at=now)
        return locked
    locked.again_asked_by = None
    locked.save(update_fields=["again_asked_by"])
    renewed = Relationship.objects.create(
        programme=locked.programme,
        member=locked.member,
        supporter=locked.supporter,
        conversation_id=locked.conversation_id,
        began_at=now,
        came_after=locked,
    )
    talk.go_on(renewed, actor, now)
    announce(Began(**whom(renewed, actor), conversation_id=renewed.conversation_id), at=now)
    return renewed
