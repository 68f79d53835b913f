"""What every deed here shares: the row under lock, the move along the table, the ids in the record."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from companionway.foundation.policy import Refused
from companionway.people.models import Person
from companionway.support import policy
from companionway.support.models import Relationship
from companionway.support.states import State


class OutOfDate(Refused):
    """Somebody wrote meanwhile; the words just typed are not lost, they wait in the form."""


def taken(actor: Person, relationship: Relationship) -> Relationship:
    """The row, locked, as one of its two people; Refused for anybody else."""
    locked = (
        policy.walked_by(actor)
        .select_for_update(of=("self",))
        .select_related("programme", "member", "supporter")
        .filter(pk=relationship.pk)
        .first()
    )
    if locked is None:
        raise Refused(_("This is not open to you."))
    return locked


def whom(relationship: Relationship, actor: Person | None, about_id: int | None = None) -> dict[str, Any]:
    """The ids that every event of this room carries."""
    if about_id is None and actor is not None and relationship.includes(actor):
        about_id = relationship.other_of(actor).pk
    return {
        "actor_id": actor.pk if actor else None,
        "about_id": about_id,
        "subject": f"relationship:{relationship.pk}",
        "relationship_id": relationship.pk,
        "member_id": relationship.member_id,
        "supporter_id": relationship.supporter_id,
        "programme_id": relationship.programme_id,
    }


def move(relationship: Relationship, to: State, *fields: str) -> None:
    """Move along the table of moves and save; Refused when the table knows no such move."""
    if not relationship.may_move(to):
        raise Refused(_("This has changed meanwhile. Please look at the page again."))
    relationship.state = to
    relationship.save(update_fields=["state", *fields])
