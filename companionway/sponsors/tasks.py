"""What happens by itself when its day has come."""

from __future__ import annotations

from datetime import datetime, timedelta

from companionway.foundation.duties import duty
from companionway.sponsors import services


@duty("sponsors.what_is_due", every=timedelta(hours=1))
def what_is_due(now: datetime) -> None:
    """Safe to run twice: what has run out or ended is so once."""
    services.end_due(actor=None, now=now)
