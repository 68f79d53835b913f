"""What pages, duties and other rooms ask about meetings."""

from companionway.meetings.queries._chosen import (
    CHOSEN,
    chosen_by,
    series_chosen_by,
    who_chose,
    whose_day_nears,
)
from companionway.meetings.queries._holding import (
    AtTheDoor,
    Position,
    at_the_door,
    how_many_hold,
    positions_of,
    who_could_cover,
    who_could_hold,
)
from companionway.meetings.queries._what_is_on import (
    Shown,
    alternatives,
    changed_meetings,
    days_of,
    has_meeting,
    public_meetings,
    public_series,
    shown,
    the_change,
    what_is_on,
    where,
)

__all__ = [
    "AtTheDoor",
    "CHOSEN",
    "Position",
    "Shown",
    "alternatives",
    "at_the_door",
    "changed_meetings",
    "chosen_by",
    "days_of",
    "has_meeting",
    "how_many_hold",
    "positions_of",
    "public_meetings",
    "public_series",
    "series_chosen_by",
    "shown",
    "the_change",
    "what_is_on",
    "where",
    "who_chose",
    "who_could_cover",
    "who_could_hold",
    "whose_day_nears",
]
