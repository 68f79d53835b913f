"""What the clock does in the houses; each may run twice."""

from __future__ import annotations

from datetime import datetime, timedelta

from companionway.clubhouse import services
from companionway.foundation.duties import duty


@duty("clubhouse.days", every=timedelta(minutes=30))
def lay_out_days(now: datetime) -> int:
    return services.lay_out_days(actor=None, now=now)
