"""What we ask of a house: its board, its meeting, records of two, one's own days, places to work."""

from companionway.clubhouse.queries._board import (
    board,
    carer_of,
    house_of,
    is_in_unit,
    name_for,
    part_now,
    recurring_of,
    tasks_of,
    units_of,
)
from companionway.clubhouse.queries._here import (
    asked_after,
    days_here,
    is_here,
    missed_for,
    my_wish,
    who_may_ask_after,
    words_of,
)
from companionway.clubhouse.queries._meeting import (
    decisions_of,
    meeting_for,
    meetings_of,
    next_meeting,
    to_agree,
)
from companionway.clubhouse.queries._records import looked_lately, record_of, records_for
from companionway.clubhouse.queries._work import (
    days_for,
    holdings_of,
    interests_of,
    my_cover,
    placements_for,
    who_can_go,
)

__all__ = [
    "asked_after",
    "board",
    "carer_of",
    "days_for",
    "days_here",
    "decisions_of",
    "holdings_of",
    "house_of",
    "interests_of",
    "is_here",
    "is_in_unit",
    "looked_lately",
    "meeting_for",
    "meetings_of",
    "missed_for",
    "my_cover",
    "my_wish",
    "name_for",
    "next_meeting",
    "part_now",
    "placements_for",
    "record_of",
    "records_for",
    "recurring_of",
    "tasks_of",
    "to_agree",
    "units_of",
    "who_can_go",
    "who_may_ask_after",
    "words_of",
]
