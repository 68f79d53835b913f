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
    if block.is_extended:
        block.is_extended = False
        block.save(update_fields=["is_extended"])
    if is_new:
        # The blocked person is not "about": nothing of this may ever show on a page of theirs.
        announce(Blocked(actor_id=actor.pk, subject=f"block:{block.pk}", blocked_id=person.pk), at=now)
    return block


@transaction.atomic
def extend_block(*, actor: Person, person: Person, now: datetime) -> Block:
    """A block of `actor` held out over the same person under another name, as two of the team recorded.

    It holds whether or not the two can meet. `actor` takes it back like any of their own.
    """
    block, is_new = Block.objects.get_or_create(
        blocker=actor, blocked=person, lifted_at=None, defaults={"blocked_at": now, "is_extended": True}
    )
    if is_new:
        announce(Blocked(actor_id=actor.pk, subject=f"block:{block.pk}", blocked_id=person.pk), at=now)
    return block


@transaction.atomic
def lift_extended_block(*, actor: Person, person: Person, now: datetime) -> None:
    """What was held out over another name ends with the block itself; what `actor` blocked by that name stays."""
    if Block.objects.live().filter(blocker=actor, blocked=person, is_extended=True).exists():
        lift_block(actor=actor, person=person, now=now)


@transaction.atomic
def lift_block(*, actor: Person, person: Person, now: datetime) -> None:
    """Take back my own block; a block by the other side stays. Doing it twice changes nothing."""
    block = Block.objects.live().select_for_update().filter(blocker=actor, blocked=person).first()
    if block is None:
        return
    block.lifted_at = now
    block.save(update_fields=["lifted_at"])
    announce(BlockLifted(actor_id=actor.pk, subject=f"block:{block.pk}", blocked_id=person.pk), at=now)
