"""What the clock does here."""

from __future__ import annotations

from datetime import datetime, timedelta

from companionway.foundation.duties import duty
from companionway.supervision import services


@duty("supervision.look_at_the_clock", every=timedelta(hours=1))
def look_at_the_clock(now: datetime) -> None:
    services.look_at_the_clock(actor=None, now=now)
