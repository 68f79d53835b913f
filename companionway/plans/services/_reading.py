"""Reading somebody else's plan: what they share, and in danger for a stated reason. Each opening is shown to them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.foundation.events import announce
from companionway.foundation.policy import Refused, require
from companionway.people import services as people
from companionway.people.models import Person
from companionway.plans import policy, queries
from companionway.plans.events import PlanOpenedInDanger
from companionway.plans.kinds import HARD_DAYS
from companionway.plans.models import PlanOverride
from companionway.plans.opening import seal_reason
from companionway.plans.queries import PartShown
from companionway.plans.states import LEAST_REASON, MOST_REASON, OVERRIDE_LASTS
from companionway.ui.forms import tidy_line


@transaction.atomic
def read_plan(*, actor: Person, owner: Person, now: datetime) -> list[PartShown]:
    """The parts of `owner`'s plans that are open to the actor now. Each opening is shown to the owner.

    Raises Refused when nothing is.
    """
    found = queries.parts_open_to(actor, owner, now)
    if not found:
        raise Refused(_("This is not open to you."))
    for each in found:
        people.record_read(
            actor=actor,
            about=owner,
            subject=f"plan_section:{each.section_id}",
            reason_key="plan_shared" if each.is_shared else "plan_override",
            now=now,
        )
    return found


@transaction.atomic
def open_by_override(*, actor: Person, owner: Person, reason: str, now: datetime) -> PlanOverride:
    """Open somebody's plan for hard days without their share, for two hours, because they may be in danger (J4, 5).

    Only for whoever is on call for an open concern about them, as the concern's room registered it. The owner is told,
    and shown the name and the reason. The guarded part stays closed. Raises Refused when the actor may not, when the
    reason says too little, and when there is nothing to open: then nobody is told anything.
    """
    require(policy.may_open_in_danger(actor, owner, now))
    reason = tidy_line(reason)
    if not LEAST_REASON <= len(reason) <= MOST_REASON:
        raise Refused(_("Please say why, in a sentence. They will read it."))
    if not policy.visible_to(owner).filter(kind=HARD_DAYS.key, part__in=HARD_DAYS.open_parts).exists():
        raise Refused(_("There is nothing that could be opened."))
    override = PlanOverride.objects.create(
        person=owner,
        kind=HARD_DAYS.key,
        by=actor,
        sealed_reason=seal_reason(owner.pk, actor.pk, reason),
        opened_at=now,
        until=now + OVERRIDE_LASTS,
    )
    subject = f"plan_override:{override.pk}"
    people.record_read(actor=actor, about=owner, subject=subject, reason_key="plan_override", now=now)
    announce(PlanOpenedInDanger(actor_id=actor.pk, about_id=owner.pk, subject=subject), at=now)
    return override
