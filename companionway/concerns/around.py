"""What upper rooms say about whom somebody has named as theirs: a concern about them goes round those as well."""

from __future__ import annotations

from collections.abc import Callable

_named: dict[str, Callable[[int], set[int]]] = {}


def register(key: str, named_by: Callable[[int], set[int]]) -> None:
    """`named_by(person_id)` returns the ids of those whom this person named (who covers for them, who stands in)."""
    _named[key] = named_by


def named_by(person_id: int) -> set[int]:
    return set().union(*(ask(person_id) for ask in _named.values())) - {person_id}
