"""What every deed here begins and ends with: the person's own practice under a lock, and the facts told."""

from __future__ import annotations

from typing import Any

from companionway.foundation.policy import require
from companionway.people.models import Person
from companionway.practice import policy
from companionway.practice.models import SupporterPractice


def mine(actor: Person, practice: SupporterPractice) -> SupporterPractice:
    """The actor's own practice, locked and freshly read."""
    locked = policy.visible_to(actor).select_for_update(of=("self",)).get(pk=practice.pk)
    require(policy.may_keep(actor, locked))
    return locked


def facts(actor: Person, practice: SupporterPractice, about_id: int | None = None) -> dict[str, Any]:
    """What every event of this room carries; `about_id` is who should hear of it, when not the actor."""
    return {
        "actor_id": actor.pk,
        "subject": f"practice:{practice.pk}",
        "about_id": about_id,
        "practice_id": practice.pk,
        "person_id": practice.person_id,
        "programme_id": practice.programme_id,
    }
