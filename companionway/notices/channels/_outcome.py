from __future__ import annotations

from enum import Enum


class Outcome(Enum):
    """How a try to send ended."""

    SENT = "sent"
    TRY_AGAIN = "try_again"
    # The address does not exist any more: forget it.
    GONE = "gone"
    REFUSED = "refused"
