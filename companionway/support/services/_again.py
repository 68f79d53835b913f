"""The door back: one asks, the other says yes, and a new walk begins in the same talk."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.foundation.events import announce
from companionway.foundation.policy import Refused, require
from companionway.people.models import Person
from companionway.practice import services as practice
from companionway.support import policy, talk
from companionway.support.events import AskedToWalkAgain, Began
from companionway.support.models import Relationship
from companionway.support.moving import taken, whom


@transaction.atomic
def walk_again(*, actor: Person, relationship: Relationship, now: datetime) -> Relationship:
    """Wish to walk again; when the other wished it too, a new walk begins and is returned, else the ended one.

    It takes a place like every walk. When there is none just now, the wish stays and nothing begins.
    """
    locked = taken(actor, relationship)
    require(policy.may_walk_again(actor, locked))
    other = locked.other_of(actor)
    if locked.again_asked_by_id != other.pk:
        if locked.again_asked_by_id is None:
            locked.again_asked_by = actor
            locked.save(update_fields=["again_asked_by"])
            announce(AskedToWalkAgain(**whom(locked, actor)), at=now)
        return locked
    _take_place(actor, locked)
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


def _not_now() -> str:
    return _("There is no free place just now. The wish to walk again stays; try again in a while.")


def _take_place(actor: Person, relationship: Relationship) -> None:
    supporter_id = relationship.supporter_id
    try:
        practice.take_place(
            supporter_id=supporter_id,
            programme_id=relationship.programme_id,
            must_offer=False,
            is_known=True,
        )
    except practice.HeldBack as held:
        if actor.pk != supporter_id:
            raise Refused(_not_now()) from held
        raise Refused(
            _("You can begin again when you and your practice supervisor have talked. The wish stays.")
        ) from held
    except practice.Full as full:
        raise Refused(_not_now()) from full
