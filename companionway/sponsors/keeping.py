"""This room keeps nothing that has ended."""

from __future__ import annotations

from companionway.foundation.retention import without_clock

without_clock(
    {
        "sponsors.Offer": "goes by itself after some weeks unless it is renewed, or when it is taken back",
        "sponsors.Ask": "goes with the yes, when the answer was read, or after four weeks",
        "sponsors.Temporary": "goes when both go on, or the two end",
    }
)
