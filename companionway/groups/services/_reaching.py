"""The phone tree: stand on it with one way to be reached, or no longer."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.foundation.policy import Refused, require
from companionway.groups import opening, policy
from companionway.groups.models import Group, OnTree
from companionway.groups.moving import taken
from companionway.people.models import Person

MOST_WORDS = 200


@transaction.atomic
def stand_on_tree(*, actor: Person, group: Group, reached_by: str, now: datetime) -> OnTree:
    """Let those who stand on it too read how one can be reached. Said again, it replaces what was said.

    Not announced: that somebody stands there is read by those beside them alone. Raises Refused.
    """
    locked = taken(actor, group)
    require(policy.may_stand_on_tree(actor, locked))
    words = reached_by.strip()[:MOST_WORDS]
    if not words:
        raise Refused(_("Please write how you can be reached."))
    row = OnTree.objects.filter(group=locked, person=actor).first()
    row = row or OnTree(group=locked, person=actor, since_at=now)
    row.sealed = opening.key_with(locked.pk, actor.pk).seal(words, row.place)
    row.save()
    return row


@transaction.atomic
def leave_tree(*, actor: Person, group: Group, now: datetime) -> None:
    """Stand on it no longer. Nobody is told; whoever printed it before has the paper."""
    OnTree.objects.filter(group=group, person=actor).delete()
