"""What other rooms and this room's pages ask."""

from companionway.concerns.queries._after import (
    Care,
    Carried,
    care_for,
    carried_of,
    offer_to,
    repair_due,
    resting_ids,
    said_of,
)
from companionway.concerns.queries._lists import (
    Row,
    concern_for,
    due_and_offered,
    live_and_recent,
    live_to_count,
    my_concerns,
    open_concerns,
    tasks_due,
)
from companionway.concerns.queries._page import Asked, ConcernPage, page_of, who_is_asked
from companionway.concerns.queries._times import Times, times_of
from companionway.concerns.queries._whom import Told, told_of

__all__ = [
    "Asked",
    "Care",
    "Carried",
    "ConcernPage",
    "Row",
    "Times",
    "Told",
    "care_for",
    "carried_of",
    "concern_for",
    "due_and_offered",
    "live_and_recent",
    "live_to_count",
    "my_concerns",
    "offer_to",
    "open_concerns",
    "page_of",
    "repair_due",
    "resting_ids",
    "said_of",
    "tasks_due",
    "times_of",
    "told_of",
    "who_is_asked",
]
