"""What upper rooms contribute downward: their part of a person's export, and of a person's erasure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

_exports: dict[str, Callable[[Any], Any]] = {}
_erasures: dict[str, Callable[[Any, datetime], dict[str, int]]] = {}
_stays: dict[str, Callable[[Any], list[str]]] = {}


def export_part(key: str, part: Callable[[Any], Any]) -> None:
    """`part(person)` returns plain data (dicts, lists, strings) for the file the person downloads."""
    _exports[key] = part


def erasure_part(key: str, part: Callable[[Any, datetime], dict[str, int]]) -> None:
    """`part(person, now)` removes or blanks this room's rows about the person, inside the erasing deed.

    It returns how many of what, for the proof: {"messages": 12}.
    """
    _erasures[key] = part


def stays_part(key: str, part: Callable[[Any], list[str]]) -> None:
    """`part(person)` says, before somebody deletes everything, what of this room stays and by what right."""
    _stays[key] = part


def what_stays(person: Any) -> list[str]:
    return [sentence for _key, part in sorted(_stays.items()) for sentence in part(person)]


def export_of(person: Any) -> dict[str, Any]:
    return {key: part(person) for key, part in sorted(_exports.items())}


def erase(person: Any, now: datetime) -> dict[str, int]:
    counts: dict[str, int] = {}
    for _key, part in sorted(_erasures.items()):
        counts.update(part(person, now))
    return counts
