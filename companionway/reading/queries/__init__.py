"""What we ask: how a page stands for the two, the queue of a practice supervisor, and the page as it may be read."""

from companionway.reading.queries._of_the_two import (
    OpeningShown,
    Standing,
    asked_of,
    is_signed,
    known_of,
    remarks_of,
    standing_of,
)
from companionway.reading.queries._reader import (
    OPEN_LASTS,
    Waiting,
    answered_by,
    is_open_for,
    lines_of,
    opened_at,
    queue_of,
    written_by,
)

__all__ = [
    "OPEN_LASTS",
    "OpeningShown",
    "Standing",
    "Waiting",
    "answered_by",
    "asked_of",
    "is_open_for",
    "is_signed",
    "known_of",
    "lines_of",
    "opened_at",
    "queue_of",
    "remarks_of",
    "standing_of",
    "written_by",
]
