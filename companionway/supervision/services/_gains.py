"""What supporting gives back, said for oneself alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.foundation.events import announce
from companionway.foundation.models import new_public_id
from companionway.foundation.policy import Refused, require
from companionway.foundation.sealing import PERSON, key_of, seal_facts
from companionway.people.models import Person
from companionway.supervision import policy
from companionway.supervision.events import GainsSaid
from companionway.supervision.models import OwnGains
from companionway.supervision.states import Gain, HowMuch


@transaction.atomic
def say_gains(*, actor: Person, answers: Mapping[Gain, HowMuch], now: datetime) -> OwnGains:
    """Keep what somebody says of the four benefits, sealed with their own key; each may be skipped.

    Source: the helper-therapy principle (competence, equality, knowledge, approval). Nobody else can read it: no
    supervisor, no coordinator, no figure of the organisation.
    """
    require(policy.may_say_gains(actor))
    if not answers:
        raise Refused(_("Please answer one of them, or leave it for another day."))
    row = OwnGains(public_id=new_public_id(), person=actor, said_at=now)
    said = {Gain(each).value: HowMuch(much).value for each, much in answers.items()}
    row.sealed = seal_facts(key_of(PERSON, actor.pk), said, row.context)
    row.save()
    announce(GainsSaid(actor_id=actor.pk, subject=f"person:{actor.pk}"), at=now)
    return row
