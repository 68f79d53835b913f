"""What the clock does here."""

from __future__ import annotations

from datetime import datetime, timedelta

from companionway.foundation.duties import duty
from companionway.introductions import services
from companionway.people.models import Programme


@duty("introductions.make_suggestions", every=timedelta(hours=1))
def make_suggestions(now: datetime) -> None:
    for programme in Programme.objects.filter(is_open=True):
        services.make_suggestions(programme=programme, now=now)
