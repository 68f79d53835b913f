"""What a report of an introduction carries: what the other says of themselves there. Their name stays unsaid until both
said yes."""

from __future__ import annotations

from companionway.introductions import policy, queries
from companionway.people.models import Person
from companionway.safety.extracts import Extract
from companionway.safety.extracts import register as register_extract


def of_introduction(actor: Person, identifier: str) -> Extract | None:
    mine = policy.mine(actor).select_related("request__member", "request__programme", "supporter")
    found = mine.filter(public_id=identifier).first()
    if found is None:
        return None
    side = queries.side_of(found, actor)
    other = found.request.member_id if actor.pk == found.supporter_id else found.supporter_id
    words = [side.about, side.words, *(each.words for each in side.items)]
    text = "\n\n".join(each for each in words if each)
    return (
        Extract(text=text, about_person_id=other, programme_id=found.request.programme_id) if text else None
    )


def register() -> None:
    register_extract("introduction", of_introduction)
