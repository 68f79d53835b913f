"""How fast a concern climbs here."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from companionway.concerns import climbing, policy
from companionway.concerns.events import PaceSet
from companionway.concerns.models import Pace
from companionway.foundation.events import announce
from companionway.foundation.policy import require
from companionway.people.models import Person


@transaction.atomic
def set_pace(
    *,
    actor: Person,
    nudge: int,
    backup: int,
    lead: int,
    phone: int,
    most_held: int,
    drills: bool,
    now: datetime,
) -> Pace:
    """Minutes after the press for each step, how many one person may hold, and whether drills begin by themselves.

    What climbs already goes on with the new paces from its next step. Raises Refused.
    """
    pace = climbing.pace_of(actor.organisation_id)
    require(policy.may_set_pace(actor, pace))
    pace.nudge, pace.backup, pace.lead, pace.phone = nudge, backup, lead, phone
    pace.most_held, pace.drills = most_held, drills
    pace.save()
    organisation = actor.organisation_id
    announce(
        PaceSet(actor_id=actor.pk, subject=f"organisation:{organisation}", organisation_id=organisation),
        at=now,
    )
    return pace
