"""What a report carries: the words of one agreement to be alongside, and nothing of anybody's ladder."""

from __future__ import annotations

from companionway.people.models import Person
from companionway.safety.extracts import Extract
from companionway.safety.extracts import register as register_extract
from companionway.steps import policy, queries


def of_company(actor: Person, identifier: str) -> Extract | None:
    """For the two, also when it is over, as long as it is kept. It is about the other one of the two."""
    row = policy.companies_of(actor).filter(public_id=identifier).first()
    words = queries.words_of([row]).get(row.pk, {}).get("words", "") if row else ""
    if row is None or not words:
        return None
    return Extract(text=words, about_person_id=row.other_of(actor).pk, programme_id=row.programme_id)


def register() -> None:
    register_extract("company", of_company)
