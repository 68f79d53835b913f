"""What happens by itself when its day has come."""

from __future__ import annotations

from datetime import datetime, timedelta

from companionway.foundation.duties import duty
from companionway.groups import services


@duty("groups.what_is_due", every=timedelta(minutes=10))
def what_is_due(now: datetime) -> None:
    """Safe to run twice: what is decided, closed or passed on is so once."""
    services.decide_due(now=now)
    services.close_polls(now=now)
    services.end_pauses(now=now)
    services.end_leaving_out(now=now)
    services.pass_places_on(now=now)
