"""What is done here again and again."""

from __future__ import annotations

from datetime import datetime, timedelta

from companionway.foundation.duties import duty
from companionway.noticing import services


@duty("noticing.something_waits", every=timedelta(minutes=1))
def tell_what_waits(now: datetime) -> None:
    """Those on call hear outside the page that something waits: not what, not where, not of whom."""
    services.tell_what_waits(actor=None, now=now)
