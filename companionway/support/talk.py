"""The conversation of the two, as far as this room touches it: a plain line, closing, opening again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from companionway.conversations import policy as conversations_policy
from companionway.conversations import services as conversations
from companionway.people.models import Person
from companionway.support.models import Relationship


def _talk_of(relationship: Relationship, actor: Person) -> Any:
    if relationship.conversation_id is None:
        return None
    return conversations_policy.visible_to(actor).filter(pk=relationship.conversation_id).first()


def say(relationship: Relationship, actor: Person, key: str, now: datetime) -> None:
    """One plain line from the service, so that both learn of it where they are."""
    if talk := _talk_of(relationship, actor):
        conversations.say_system_line(actor=actor, conversation=talk, key=key, now=now)


def close(relationship: Relationship, actor: Person, now: datetime) -> None:
    """Close it, with its own line; nothing happens when it is closed already."""
    if talk := _talk_of(relationship, actor):
        conversations.close_conversation(actor=actor, conversation=talk, now=now)


def go_on(relationship: Relationship, actor: Person, now: datetime) -> None:
    """Say that the two go on, by opening their talk again where it was closed."""
    if talk := _talk_of(relationship, actor):
        if talk.closed_at is None:
            conversations.say_system_line(actor=actor, conversation=talk, key="resumed", now=now)
        else:
            conversations.reopen_conversation(actor=actor, conversation=talk, now=now)
