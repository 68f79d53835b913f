"""What upper rooms register so that a report can carry the thing reported, and nothing beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from companionway.people.models import Person


@dataclass(frozen=True, slots=True)
class Extract:
    """The thing as it stands: its words, whose they are, and in which programme."""

    text: str
    about_person_id: int
    programme_id: int


# (actor, identifier) -> the extract, or None when the actor may not see such a thing.
Provider = Callable[[Person, str], Extract | None]
_providers: dict[str, Provider] = {}


def register(kind: str, provider: Provider) -> None:
    """`provider` asks its own room's policy: a person can only report what they can see."""
    _providers[kind] = provider


def is_known(kind: str) -> bool:
    return kind in _providers


def extract_of(actor: Person, subject: str) -> Extract | None:
    """The extract behind "kind:id", or None."""
    kind, _, identifier = subject.partition(":")
    provider = _providers.get(kind)
    return provider(actor, identifier) if provider and identifier else None
