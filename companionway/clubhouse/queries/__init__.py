"""What we ask of a house: its board, its meeting, one's own days."""

from companionway.clubhouse.queries._board import (
    board,
    house_of,
    name_for,
    paper,
    unit_for,
    units_of,
)
from companionway.clubhouse.queries._here import (
    days_here,
    is_here,
    left_behind,
)
from companionway.clubhouse.queries._meeting import (
    DecisionShown,
    decisions_of,
    meeting_for,
    meetings_of,
    next_meeting,
    regular_meeting,
    sits_now,
    to_agree,
)

__all__ = [
    "DecisionShown",
    "board",
    "days_here",
    "decisions_of",
    "house_of",
    "is_here",
    "left_behind",
    "meeting_for",
    "meetings_of",
    "name_for",
    "next_meeting",
    "paper",
    "regular_meeting",
    "sits_now",
    "to_agree",
    "unit_for",
    "units_of",
]
