"""How long this room keeps what it has: nothing here says who came to a meeting."""

from __future__ import annotations

from companionway.foundation.retention import without_clock

without_clock(
    {
        "meetings.Series": "what a group or a house offers; as long as it does",
        "meetings.Change": "goes with its series",
        "meetings.Meeting": "a date; goes with its series",
        "meetings.Holds": "who held a service position from when to when; goes with the person",
        "meetings.Cover": "who stands in at one meeting; gone a day after it",
        "meetings.Place": "who means to come, where that is kept at all; gone a day after the meeting",
        "meetings.Invited": "sealed; the person's own choice, gone when they take it back",
        "meetings.Chosen": "sealed; the person's own choice, gone when they take it back",
    }
)
