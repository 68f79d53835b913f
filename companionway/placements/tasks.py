"""What the clock does with days of work; each may run twice."""

from __future__ import annotations

from datetime import datetime, timedelta

from companionway.foundation.duties import duty
from companionway.placements import services


@duty("placements.work_days", every=timedelta(minutes=30))
def lay_out_work_days(now: datetime) -> int:
    return services.lay_out_work_days(actor=None, now=now)


@duty("placements.staff", every=timedelta(minutes=15))
def ask_staff(now: datetime) -> int:
    return services.ask_staff(actor=None, now=now)
