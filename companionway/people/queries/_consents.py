"""Consent per purpose: no living consent, no row."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from companionway.foundation.prepared import Prepared, slot
from companionway.people.models import Consent, Person, Programme

_YES = Prepared(
    lambda: (
        Consent.objects.live()
        .filter(programme=None, person=slot("person"), purpose=slot("purpose"))
        .values("pk")
    )
)


def has_consent(person: Person, purpose: str, programme: Programme | None = None) -> bool:
    """Whether a yes to this purpose holds now: for the whole service, or for this programme."""
    if programme is None:
        return _YES.count(person=person.pk, purpose=str(purpose)) > 0
    where = Q(programme=None) | Q(programme=programme)
    return Consent.objects.live().filter(where, person=person, purpose=purpose).exists()


def consenting(person_ids: Iterable[int], purpose: str) -> set[int]:
    """Those of the given persons whose yes to this purpose, for the whole service, holds now."""
    asked = Consent.objects.live().filter(person__in=list(person_ids), purpose=purpose, programme=None)
    return set(asked.values_list("person_id", flat=True))


def agrees_to(purpose: str, *, person: str) -> Exists:
    """`consenting` for rows of another table: `person` names their column."""
    yes = Consent.objects.live().filter(person=OuterRef(person), purpose=purpose, programme=None)
    return Exists(yes)


def consents_of(person: Person) -> QuerySet[Consent]:
    """Every yes the person ever gave, living ones first, with when it was withdrawn."""
    return Consent.objects.filter(person=person).order_by("-withdrawn_at", "-given_at", "-pk")
