"""Blocking and lifting a block. The other person is told nothing, and nothing shows it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from companionway.foundation.events import announce
from companionway.foundation.policy import require
from companionway.people.models import Person
from companionway.safety import policy
from companionway.safety.events import Blocked, BlockLifted
from companionway.safety.models import Block


@transaction.atomic
def block_person(*, actor: Person, person: Person, now: datetime) -> Block:
    """Want nothing more from `person`. Blocking twice is one block. Raises Refused."""
    require(policy.may_block(actor, person))
    block, is_new = Block.objects.get_or_create(
        blocker=actor, blocked=person, lifted_at=None, defaults={"blocked_at": now}
    )
    if is_new:
        # The blocked person is not "about": nothing of this may ever show on a page of theirs.
        announce(Blocked(actor_id=actor.pk, subject=f"block:{block.pk}", blocked_id=person.pk), at=now)
    return block


@transaction.atomic
def lift_block(*, actor: Person, person: Person, now: datetime) -> None:
    """Take back my own block; a block by the other side stays. Doing it twice changes nothing."""
    block = Block.objects.live().select_for_update().filter(blocker=actor, blocked=person).first()
    if block is None:
        return
    block.lifted_at = now
    block.save(update_fields=["lifted_at"])
    announce(BlockLifted(actor_id=actor.pk, subject=f"block:{block.pk}", blocked_id=person.pk), at=now)
