"""Who is with somebody, and who answers for them: rooms above register it.

`register` says with whom a person may share parts of a plan; being in a circle opens nothing by itself.
`register_danger` says whose plan somebody may open for a stated reason, because they are on call for an open concern.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db.models import Q, QuerySet

from companionway.people.models import Person

# person id -> people
Around = Callable[[int], QuerySet[Person]]
_readers: dict[str, Around] = {}
_owners: dict[str, Around] = {}
_endangered: dict[str, Callable[[Person, datetime], QuerySet[Person]]] = {}


def register(circle: str, *, readers_of: Around, owners_of: Around) -> None:
    """`readers_of(owner)` and `owners_of(reader)` are the same relation from its two ends, now."""
    _readers[circle], _owners[circle] = readers_of, owners_of


def register_danger(key: str, whose: Callable[[Person, datetime], QuerySet[Person]]) -> None:
    """`whose(actor, now)`: about whom there is an open concern that this person is on call for."""
    _endangered[key] = whose


def readers_of(owner_id: int, circles: frozenset[str]) -> Q:
    """A condition on people: those in one of these circles of this person now."""
    return _in(_readers, owner_id, circles)


def owners_of(reader_id: int, circles: frozenset[str]) -> Q:
    """A condition on people: those who have this person in one of these circles now."""
    return _in(_owners, reader_id, circles)


def endangered(actor: Person, now: datetime) -> Q:
    found = Q(pk__in=[])
    for whose in _endangered.values():
        found |= Q(pk__in=whose(actor, now).values("pk"))
    return found


def _in(ways: dict[str, Around], person_id: int, circles: frozenset[str]) -> Q:
    found = Q(pk__in=[])
    for circle in circles & ways.keys():
        found |= Q(pk__in=ways[circle](person_id).values("pk"))
    return found
