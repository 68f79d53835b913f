"""What is done here again and again."""

from __future__ import annotations

from datetime import datetime, timedelta

from companionway.foundation.duties import duty
from companionway.moderation import services


@duty("moderation.minutes", every=timedelta(minutes=1))
def lift_and_mark(now: datetime) -> None:
    """Pauses end by themselves; cues reach supervisors."""
    services.lift_what_is_over(now=now)
    services.mark_cues(now=now)


@duty("moderation.appeals", every=timedelta(hours=1))
def keep_appeals(now: datetime) -> None:
    services.keep_appeals(now=now)
