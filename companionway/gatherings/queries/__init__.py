"""What we ask of a meeting that happens."""

from companionway.gatherings.queries._after import (
    found_outside,
    is_something_outside,
    other_evenings,
    papers_of,
    who_held_it_too,
)
from companionway.gatherings.queries._rooms import Had, Room, room_of
from companionway.gatherings.queries._seats import name_of, names_at_the_door, seat_of
from companionway.gatherings.queries._shown import ShownSeat, ShownShare, Told, told, told_of

__all__ = [
    "Had",
    "Room",
    "ShownSeat",
    "ShownShare",
    "Told",
    "found_outside",
    "is_something_outside",
    "name_of",
    "names_at_the_door",
    "other_evenings",
    "papers_of",
    "room_of",
    "seat_of",
    "told",
    "told_of",
    "who_held_it_too",
]
