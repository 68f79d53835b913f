"""What a report of a message carries: that message and nothing beside it."""

from __future__ import annotations

from companionway.conversations import policy, queries
from companionway.people.models import Person
from companionway.safety.extracts import Extract
from companionway.safety.extracts import register as register_extract


def of_message(actor: Person, identifier: str) -> Extract | None:
    if not (identifier.isascii() and identifier.isdigit() and len(identifier) < 19):
        return None
    found = policy.visible_messages(actor).filter(pk=int(identifier)).exclude(author=None).first()
    if found is None or found.author_id is None:
        return None
    facts = queries.shown_of(found).facts
    text = " — ".join(part for part in (facts.get("note"), facts.get("text")) if part)
    return Extract(text=text, about_person_id=found.author_id, programme_id=found.conversation.programme_id)


def register() -> None:
    register_extract("message", of_message)
