"""How long this room keeps what it has."""

from __future__ import annotations

from companionway.foundation.retention import without_clock

without_clock(
    {"calendars.Feed": "a person's own private address; gone when they take it back or delete everything"}
)
