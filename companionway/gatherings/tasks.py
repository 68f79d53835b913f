"""What the clock does: meetings that nobody closed are closed, and what was kept for a day is destroyed."""

from __future__ import annotations

from datetime import datetime, timedelta

from companionway.foundation.duties import duty
from companionway.gatherings import services


@duty("gatherings.forget", every=timedelta(minutes=5))
def forget(now: datetime) -> None:
    services.close_left_open(actor=None, now=now)
    services.forget_due(actor=None, now=now)
