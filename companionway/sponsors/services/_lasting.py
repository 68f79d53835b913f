"""How a beginning goes on: both say so, or it ends by itself on a day that both know."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.foundation.policy import Refused
from companionway.people.models import Person
from companionway.sponsors import policy
from companionway.sponsors.models import Ask, Offer, Temporary
from companionway.sponsors.states import ASK_LASTS, GRACE
from companionway.support import services as support


@transaction.atomic
def go_on(*, actor: Person, temporary: Temporary, wants: bool, now: datetime) -> bool:
    """Say that one would like to go on, or take that back. Whether both do: then it has no end date any more.

    What one of the two said is not shown to the other before both have. Not announced: it is theirs alone.
    """
    rows = policy.temporary_of(actor).select_for_update(of=("self",)).select_related("relationship")
    locked = rows.filter(pk=temporary.pk).first()
    if locked is None:
        raise Refused(_("This is over."))
    side = "member_goes_on" if locked.relationship.member_id == actor.pk else "supporter_goes_on"
    setattr(locked, side, wants)
    if locked.member_goes_on and locked.supporter_goes_on:
        locked.delete()
        return True
    locked.save(update_fields=[side])
    return False


@transaction.atomic
def over(*, actor: Person | None, relationship_id: int, now: datetime) -> None:
    """The two have ended, as sponsor and sponsee do: its date goes, too."""
    Temporary.objects.filter(relationship=relationship_id).delete()


@transaction.atomic
def end_due(*, actor: Person | None, now: datetime) -> int:
    """Beginnings that nobody goes on with end kindly, a week after their day; what has run out goes. How many ended."""
    Offer.objects.filter(until_at__lte=now).delete()
    # Long enough to be read as "not now", and no longer.
    Ask.objects.filter(asked_at__lte=now - 4 * ASK_LASTS).delete()
    due = Temporary.objects.filter(until_on__lte=(now - GRACE).date()).exclude(relationship__state="ended")
    ended = 0
    for row in due.select_related("relationship__member").order_by("pk"):
        walk = row.relationship
        # In this tradition nobody is named as the one who ended it (`support.closing`).
        support.end_relationship(actor=walk.member, relationship=walk, now=now)
        ended += 1
    Temporary.objects.filter(relationship__state="ended").delete()
    return ended
