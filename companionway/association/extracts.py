"""What a report of minutes carries: the words of the version that whoever reports can read."""

from __future__ import annotations

from companionway.association import policy, queries
from companionway.people.models import Person
from companionway.safety.extracts import Extract
from companionway.safety.extracts import register as register_extract


def of_minutes(actor: Person, identifier: str) -> Extract | None:
    rows = policy.visible_to(actor).select_related("group__programme")
    minutes = rows.filter(public_id=identifier).first()
    version = queries.newest_of(actor, minutes) if minutes else None
    if minutes is None or version is None or version.written_by_id in (None, actor.pk):
        return None
    text = "\n".join(filter(None, queries.words_of(version).values()))
    if not text:
        return None
    return Extract(
        text=text, about_person_id=version.written_by_id or 0, programme_id=minutes.group.programme_id
    )


def register() -> None:
    register_extract("minutes", of_minutes)
