"""Saying yes at the door to what the group agreed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.foundation.policy import Refused, require
from companionway.groups import policy, queries
from companionway.groups.events import AgreedAtTheDoor
from companionway.groups.models import Agreed, Group
from companionway.groups.moving import taken, tell
from companionway.people.models import Person


@transaction.atomic
def agree_at_the_door(*, actor: Person, group: Group, number: int, now: datetime) -> int:
    """Say yes to the version one has read. Where no list is kept nothing is written: the device alone remembers it.

    Raises Refused when the group agreed other words meanwhile. Returns the version, for the device.
    """
    locked = taken(actor, group)
    require(policy.belongs(actor, locked))
    if number != queries.newest_number(locked):
        raise Refused(_("The group has agreed other words meanwhile. Please read them once more."))
    if locked.programme.keeps_register:
        Agreed.objects.update_or_create(
            group=locked, person=actor, defaults={"number": number, "agreed_at": now}
        )
        tell(AgreedAtTheDoor, locked, actor=actor, number=number, now=now)
    return number
