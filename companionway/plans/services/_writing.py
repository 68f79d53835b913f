"""Writing a plan of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from companionway.foundation.events import announce
from companionway.people.models import Person
from companionway.plans import policy
from companionway.plans.events import PlanWritten
from companionway.plans.kinds import Kind, Prompt
from companionway.plans.models import PlanSection
from companionway.plans.opening import seal_part
from companionway.plans.queries import Contact
from companionway.plans.services._sharing import stop


@transaction.atomic
def write_part(
    *,
    actor: Person,
    kind: Kind,
    prompt: Prompt,
    words: str,
    contacts: Sequence[Contact] = (),
    now: datetime,
) -> None:
    """Keep one part of the actor's own plan, sealed with their key; nobody else reads it until they share it.

    Without words and without contacts the part is taken away, and with it whatever was shared of it.
    """
    if words or contacts:
        facts = {"words": words, "contacts": [asdict(each) for each in contacts]}
        PlanSection.objects.update_or_create(
            person=actor,
            kind=kind.key,
            part=prompt.key,
            defaults={"sealed_facts": seal_part(actor.pk, kind.key, prompt.key, facts), "written_at": now},
        )
    else:
        stop(policy.shares_visible_to(actor).filter(kind=kind.key, part=prompt.key), actor, now)
        policy.visible_to(actor).filter(kind=kind.key, part=prompt.key).delete()
    announce(PlanWritten(actor_id=actor.pk, subject=f"person:{actor.pk}"), at=now)
