"""What a report carries: the newest words of the other, and nothing beside them."""

from __future__ import annotations

from companionway.jointrecords import policy, queries
from companionway.people.models import Person
from companionway.safety.extracts import Extract
from companionway.safety.extracts import register as register_extract


def of_record(actor: Person, identifier: str) -> Extract | None:
    """The other's newest words, for either of the two."""
    rows = policy.records_visible_to(actor).select_related("member", "other")
    row = rows.filter(public_id=identifier).first()
    if row is None:
        return None
    theirs = [each for each in queries.record_of(row).versions if each.by.pk != actor.pk and each.words]
    if not theirs:
        return None
    return Extract(text=theirs[-1].words, about_person_id=theirs[-1].by.pk, programme_id=row.programme_id)


def register() -> None:
    register_extract("joint_record", of_record)
