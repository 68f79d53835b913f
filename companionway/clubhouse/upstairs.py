"""What the house tells the rooms above on the spot, in the transaction of the deed.

No event can do it: the record of deeds is kept for years, so it does not name who was here on which day.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from companionway.people.models import Person, Programme


def _nothing(*_told: object) -> None:
    """Most rooms do not mind."""


@dataclass(frozen=True, slots=True)
class Room:
    """`hears`: (person, programme, whether they pressed "I am here", now). `lets_go`: (person, programme, now)."""

    hears: Callable[[Person, Programme, bool, datetime], None] = _nothing
    lets_go: Callable[[Person, Programme, datetime], None] = _nothing


_rooms: dict[str, Room] = {}


def register(key: str, room: Room) -> None:
    """Say what a room above does when it is told."""
    _rooms[key] = room


def give_sign(person: Person, programme: Programme, *, by_being_here: bool, now: datetime) -> None:
    """They are back, or pressed that they are here."""
    for room in _rooms.values():
        room.hears(person, programme, by_being_here, now)


def let_go(person: Person, programme: Programme, now: datetime) -> None:
    """They belong to this house no more. It may be told twice."""
    for room in _rooms.values():
        room.lets_go(person, programme, now)
