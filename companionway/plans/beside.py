"""What rooms above lay beside a plan in the copy that a device keeps: words its person chose to have there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from companionway.people.models import Person


@dataclass(frozen=True, slots=True)
class Beside:
    title: Any
    lines: list[str]


_rooms: dict[str, Callable[[Person], Beside | None]] = {}


def register(room: str, told: Callable[[Person], Beside | None]) -> None:
    """`told(person)`: their own words for the copy, or nothing where they did not ask for that."""
    _rooms[room] = told


def beside_plan_of(person: Person) -> list[Beside]:
    return [found for _room, told in sorted(_rooms.items()) if (found := told(person))]
