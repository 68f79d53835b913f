"""The end itself, shared by every deed that ends a walk: what is kept and told follows the record policy."""

from __future__ import annotations

from datetime import datetime

from companionway.foundation.events import announce
from companionway.foundation.sealing import RELATIONSHIP, destroy_key
from companionway.people.models import Person
from companionway.plans import services as plans
from companionway.safety import queries as safety
from companionway.support import talk
from companionway.support.events import Ended
from companionway.support.models import Relationship
from companionway.support.moving import move, whom
from companionway.support.states import State


def close(
    relationship: Relationship,
    actor: Person,
    *,
    kind: str = "",
    wants_someone_else: bool = False,
    is_named: bool = True,
    now: datetime,
) -> Relationship:
    """End `relationship` (already locked). Nothing names who or why where the programme never keeps it."""
    keeps = relationship.programme.keeps_ending_reasons
    was_planned = relationship.state == State.ENDING
    relationship.ended_at = now
    relationship.ending_kind = kind if keeps else ""
    relationship.ended_by = actor if keeps and is_named else None
    relationship.sealed_pause = None
    move(relationship, State.ENDED, "ended_at", "ending_kind", "ended_by", "sealed_pause")
    if was_planned:
        give_letters(relationship, now)
    talk.close(relationship, actor, now)
    member, supporter = relationship.member, relationship.supporter
    plans.stop_shares_between(actor=member, other=supporter, now=now)
    if relationship.is_only_theirs:
        _leave_nothing(relationship, now)
    told = whom(relationship, actor if keeps and is_named else None)
    announce(Ended(**told, wants_someone_else=wants_someone_else and keeps), at=now)
    return relationship


def give_letters(relationship: Relationship, now: datetime) -> None:
    """Letters that their writers finished become readable to the other; never across a block."""
    if not safety.blocked_between(*relationship.people_ids):
        relationship.goodbyes.exclude(ready_at=None).filter(delivered_at=None).update(delivered_at=now)


def _leave_nothing(relationship: Relationship, now: datetime) -> None:
    relationship.agreements.all().delete()
    relationship.check_ins.all().delete()
    relationship.sealed_reasons = None
    relationship.save(update_fields=["sealed_reasons"])
    destroy_key(RELATIONSHIP, relationship.pk, now=now)
