"""What rooms above add to the page of one meeting: where to go in, whose group it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Link:
    """One more place to go from a meeting. `is_main`: the one thing most people come for."""

    label: str
    url: str
    is_main: bool = False


# (person, meeting, now) -> links for this reader
Adds = Callable[[Any, Any, datetime], list[Link]]
_rooms: dict[str, Adds] = {}


def register(room: str, adds: Adds) -> None:
    _rooms[room] = adds


def links(person: Any, meeting: Any, now: datetime) -> list[Link]:
    return [link for _room, adds in sorted(_rooms.items()) for link in adds(person, meeting, now)]
