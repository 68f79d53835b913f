"""What rooms above ask at the door before somebody takes a seat: that they read what a group agreed, and say yes to it.

Asked on the page, because a yes may stand on the person's own device and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpResponse

from companionway.meetings.models import Meeting
from companionway.people.http import SignedInRequest

# Writes what only the device remembers onto the answer.
Remember = Callable[[HttpResponse], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which words, which of them are new and which went since their last yes, and where a yes is remembered.

    `say_yes(number)`: to the version they read. Raises Refused when there are other words meanwhile.
    """

    number: int
    sentences: list[str]
    new: list[str]
    gone: list[str]
    is_kept: bool
    say_yes: Callable[[int], Remember]


Asks = Callable[[SignedInRequest, Meeting], Asked | None]
_rooms: dict[str, Asks] = {}


def register(room: str, asks: Asks) -> None:
    """`asks(request, meeting)`: None where nothing is to be asked."""
    _rooms[room] = asks


def asked(request: SignedInRequest, meeting: Meeting) -> Asked | None:
    """A meeting belongs to one room at most, so one question at most stands at its door."""
    return next((found for each in _rooms.values() if (found := each(request, meeting))), None)
