"""What the clock does for those who wish to be missed; each may run twice."""

from __future__ import annotations

from datetime import datetime, timedelta

from companionway.foundation.duties import duty
from companionway.reachout import services


@duty("reachout.missed", every=timedelta(minutes=30))
def list_missed(now: datetime) -> int:
    return services.list_missed(actor=None, now=now)
