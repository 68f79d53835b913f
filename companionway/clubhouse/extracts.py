"""What a report carries: one item or one task, and nothing beside it."""

from __future__ import annotations

from companionway.clubhouse import policy
from companionway.clubhouse.models import HOUSE
from companionway.foundation.sealing import PERSON, KeyDestroyed, key_of_both
from companionway.people.models import Person
from companionway.safety.extracts import Extract
from companionway.safety.extracts import register as register_extract


def of_item(actor: Person, identifier: str) -> Extract | None:
    row = policy.items_visible_to(actor).select_related("meeting").filter(public_id=identifier).first()
    if row is None or row.author_id == actor.pk:
        return None
    try:
        key = key_of_both(HOUSE, row.meeting.programme_id, PERSON, row.author_id)
    except KeyDestroyed:
        return None
    return Extract(
        text=key.open(row.sealed, row.context),
        about_person_id=row.author_id,
        programme_id=row.meeting.programme_id,
    )


def of_task(actor: Person, identifier: str) -> Extract | None:
    row = policy.tasks_visible_to(actor).select_related("unit").filter(public_id=identifier).first()
    if row is None or row.begun_by_id in (None, actor.pk):
        return None
    words = "\n".join(filter(None, [row.title, row.about]))
    return Extract(text=words, about_person_id=row.begun_by_id or 0, programme_id=row.unit.programme_id)


def register() -> None:
    register_extract("agenda_item", of_item)
    register_extract("house_task", of_task)
