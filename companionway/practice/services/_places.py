"""The last word on room, asked inside the deed that begins a relationship."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.foundation.policy import Refused
from companionway.practice.models import SupporterPractice
from companionway.practice.queries import rooms


class Full(Refused):
    """The supporter has no room now; nothing was changed."""


@transaction.atomic
def take_place(*, supporter_id: int, programme_id: int) -> SupporterPractice:
    """Hold this supporter's room until the caller's transaction ends; raises `Full` when there is none.

    To be called inside the deed that begins a relationship, just before it is written: all the person's practices
    are locked, so that two members who say yes in the same moment meet one after the other, in any programme. It
    announces nothing: the deed that calls it does.
    """
    locked = list(SupporterPractice.objects.select_for_update().filter(person_id=supporter_id).order_by("pk"))
    practice = next((each for each in locked if each.programme_id == programme_id), None)
    if practice is None or rooms([practice])[practice.pk] < 1:
        raise Full(_("There is no free place just now."))
    return practice
