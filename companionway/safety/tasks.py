"""What is done here again and again."""

from __future__ import annotations

from datetime import datetime, timedelta

from companionway.foundation.duties import duty
from companionway.safety import outage


@duty("safety.help_now_copies", every=timedelta(hours=6))
def write_help_now_copies(now: datetime) -> None:
    """The copies for when nothing else works lose what has expired, several times a day."""
    outage.write(now)
