"""Who would hear that somebody who held an evening would like company: the room above that tells people knows."""

from __future__ import annotations

from collections.abc import Callable, Collection

# (person, programme), by number -> whoever would be told
Who = Callable[[int, int], Collection[int]]
_rooms: list[Who] = []


def register(who: Who) -> None:
    if who not in _rooms:
        _rooms.append(who)


def anybody(person_id: int, programme_id: int) -> bool:
    return any(who(person_id, programme_id) for who in _rooms)
