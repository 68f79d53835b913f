"""What a report of a remark carries: that remark, and nothing beside it."""

from __future__ import annotations

from companionway.people.models import Person
from companionway.reading import policy, queries
from companionway.safety.extracts import Extract
from companionway.safety.extracts import register as register_extract


def of_remark(actor: Person, identifier: str) -> Extract | None:
    """For the two to whom it was written; never for its writer, who is neither of them."""
    rows = policy.of_the_two(actor).select_related("note__relationship")
    reading = rows.filter(remarks__public_id=identifier).first()
    if reading is None:
        return None
    walk = reading.note.relationship
    for each in queries.remarks_of(reading, walk.pk):
        if each.subject == f"remark:{identifier}" and each.words:
            return Extract(text=each.words, about_person_id=each.by.pk, programme_id=walk.programme_id)
    return None


def register() -> None:
    register_extract("remark", of_remark)
