"""What is true here: one meeting while it happens, its seats, what was said, and what is handed on."""

from companionway.gatherings.models import _walls  # noqa: F401
from companionway.gatherings.models._rooms import CheckIn, Counting, Gathering, HandOver, Outside
from companionway.gatherings.models._seats import Asking, Seat, SeatQuerySet
from companionway.gatherings.models._words import Reaction, Share, ShareQuerySet

__all__ = [
    "Asking",
    "CheckIn",
    "Counting",
    "Gathering",
    "HandOver",
    "Outside",
    "Reaction",
    "Seat",
    "SeatQuerySet",
    "Share",
    "ShareQuerySet",
]
