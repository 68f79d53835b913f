"""How long this room keeps what it has: as long as the page it belongs to, whose clock is in `support`."""

from __future__ import annotations

from companionway.foundation.retention import without_clock

without_clock(
    {
        "reading.PageReading": "goes with its page of the shared note, which has a clock",
        "reading.Opening": "who opened a page, as long as the page is there",
        "reading.Remark": "goes with its page of the shared note, which has a clock",
    }
)
