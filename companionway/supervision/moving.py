"""What every deed here shares: the row under lock, and the ids in the record."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from companionway.foundation.policy import Refused
from companionway.people.models import Person
from companionway.supervision import policy
from companionway.supervision.models import Supervision


def taken(actor: Person, supervision: Supervision) -> Supervision:
    """The row, locked, as one of its two people; Refused for anybody else."""
    rows = policy.visible_to(actor).select_for_update(of=("self",))
    locked = rows.select_related("programme", "supporter", "supervisor").filter(pk=supervision.pk).first()
    if locked is None:
        raise Refused(_("This is not open to you."))
    return locked


def whom(supervision: Supervision, actor: Person | None) -> dict[str, Any]:
    """The ids that every event about the two carries; `about_id` is the other one."""
    about_id = None
    if actor is not None and supervision.includes(actor):
        about_id = supervision.other_of(actor).pk
    return {
        "actor_id": actor.pk if actor else None,
        "about_id": about_id,
        "subject": f"supervision:{supervision.pk}",
        "supervision_id": supervision.pk,
        "supporter_id": supervision.supporter_id,
        "supervisor_id": supervision.supervisor_id,
        "programme_id": supervision.programme_id,
    }


def of_one(person_id: int, programme_id: int, actor: Person | None, subject: str = "") -> dict[str, Any]:
    """The ids of an event about one supporter."""
    return {
        "actor_id": actor.pk if actor else None,
        "about_id": person_id if actor is None or actor.pk != person_id else None,
        "subject": subject or f"person:{person_id}",
        "person_id": person_id,
        "programme_id": programme_id,
    }
