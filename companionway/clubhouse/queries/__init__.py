"""What we ask of a house: its board, its meeting, one's own days."""

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
    days_here,
    is_here,
    left_behind,
)
from companionway.clubhouse.queries._meeting import (
    decisions_of,
    meeting_for,
    meetings_of,
    next_meeting,
    regular_meeting,
    to_agree,
)

__all__ = [
    "board",
    "carer_of",
    "days_here",
    "decisions_of",
    "house_of",
    "is_here",
    "is_in_unit",
    "left_behind",
    "meeting_for",
    "meetings_of",
    "name_for",
    "next_meeting",
    "part_now",
    "recurring_of",
    "regular_meeting",
    "tasks_of",
    "to_agree",
    "units_of",
]
