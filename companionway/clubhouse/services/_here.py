"""Being here and coming back: each only as the person themselves wants it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.clubhouse import policy, upstairs
from companionway.clubhouse.events import CameBack, SaidHere
from companionway.clubhouse.models import Here
from companionway.clubhouse.moving import at_home, tell, today_of
from companionway.foundation.policy import Refused, require
from companionway.people import services as people
from companionway.people.models import Person, Programme


@transaction.atomic
def say_here(*, actor: Person, programme: Programme, is_here: bool = True, now: datetime) -> None:
    """Say that one is here today, or take it back today. Nobody else sees it; there is nothing for not being here."""
    at_home(actor, programme)
    if not programme.keeps_attendance:
        raise Refused(_("Here nobody writes down who was there."))
    day = today_of(programme, now)
    if not is_here:
        Here.objects.filter(programme=programme, person=actor, day=day).delete()
        return
    _row, is_new = Here.objects.get_or_create(
        programme=programme, person=actor, day=day, defaults={"said_at": now}
    )
    if is_new:
        tell(SaidHere, programme, programme.pk, now)
        upstairs.give_sign(actor, programme, by_being_here=True, now=now)


@transaction.atomic
def come_back(*, actor: Person, programme: Programme, now: datetime) -> None:
    """Be back at once, after however long: paused, away, or no member any more. Nobody has to agree.

    Source: Standards for Clubhouse Programs, immediate re-entry after any absence (domain.md 1.2).
    """
    require(policy.may_come_back(actor, programme))
    if actor.paused_at is not None:
        people.come_back(actor=actor, now=now)
    if not policy.belongs(actor, programme):
        people.belong_again(actor=actor, programme=programme, now=now)
    upstairs.give_sign(actor, programme, by_being_here=False, now=now)
    tell(CameBack, programme, programme.pk, now, by=actor)
