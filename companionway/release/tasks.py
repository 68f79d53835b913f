"""What is done here again and again."""

from __future__ import annotations

from datetime import datetime, timedelta

from companionway.foundation.duties import duty
from companionway.release import services


@duty("release.promises", every=timedelta(minutes=1))
def keep_the_promises(now: datetime) -> None:
    services.keep_promises(actor=None, now=now)
