"""The last word on room, asked inside the deed that begins a relationship."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.foundation.policy import Refused
from companionway.practice.models import SupporterPractice
from companionway.practice.queries import is_held, is_resting, room_for_somebody_known, rooms


class Full(Refused):
    """The supporter has no room now; nothing was changed."""


class HeldBack(Full):
    """The supporter takes nobody new for now, for a reason that is told to them and to nobody else."""


@transaction.atomic
def take_place(
    *, supporter_id: int, programme_id: int, must_offer: bool = True, is_known: bool = False
) -> SupporterPractice | None:
    """Hold this supporter's room until the caller's transaction ends; raises `Full` when there is none.

    To be called inside the deed that begins a relationship, just before it is written: all the person's practices
    are locked, so that two members who say yes in the same moment meet one after the other, in any programme. It
    announces nothing: the deed that calls it does.

    `must_offer=False`: whoever never set limits in this programme (a mutual tradition) has no places to count here; the
    limits they set elsewhere hold, and so does what holds them back. `is_known`: the two walked together before.
    """
    locked = list(SupporterPractice.objects.select_for_update().filter(person_id=supporter_id).order_by("pk"))
    if is_held(supporter_id, programme_id):
        raise HeldBack(_("There is no free place just now."))
    if is_resting(supporter_id):
        raise Full(_("There is no free place just now."))
    practice = next((each for each in locked if each.programme_id == programme_id), None)
    if practice is None and not must_offer:
        # Their hours are the same hours in every programme: the widest of what they said holds here, too.
        if locked and max(_room(each, is_known=True) for each in locked) < 1:
            raise Full(_("There is no free place just now."))
        return None
    if practice is None or _room(practice, is_known) < 1:
        raise Full(_("There is no free place just now."))
    return practice


def _room(practice: SupporterPractice, is_known: bool) -> int:
    return room_for_somebody_known(practice) if is_known else rooms([practice])[practice.pk]
