"""What every deed here shares: the row under lock, the fact in the record, a plain line in the talk."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from companionway.conversations import policy as conversations_policy
from companionway.conversations import services as conversations
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


def _talk_of(relationship: Relationship, actor: Person) -> Any:
    if relationship.conversation_id is None:
        return None
    return conversations_policy.visible_to(actor).filter(pk=relationship.conversation_id).first()


def say_in_talk(relationship: Relationship, actor: Person, key: str, now: datetime) -> None:
    """One plain line from the service, so that both learn of it where they are."""
    if talk := _talk_of(relationship, actor):
        conversations.say_system_line(actor=actor, conversation=talk, key=key, now=now)


def close_talk(relationship: Relationship, actor: Person, now: datetime) -> None:
    if (talk := _talk_of(relationship, actor)) and talk.closed_at is None:
        conversations.close_conversation(actor=actor, conversation=talk, now=now)


def reopen_talk(relationship: Relationship, actor: Person, now: datetime) -> None:
    if (talk := _talk_of(relationship, actor)) and talk.closed_at is not None:
        conversations.reopen_conversation(actor=actor, conversation=talk, now=now)
