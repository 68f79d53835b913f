"""What the clock does here."""

from __future__ import annotations

from datetime import datetime, timedelta

from companionway.foundation.duties import duty
from companionway.support import services


@duty("support.ask_how_it_goes", every=timedelta(hours=1))
def ask_how_it_goes(now: datetime) -> None:
    services.ask_how_it_goes(actor=None, now=now)
