"""What is done here again and again."""

from __future__ import annotations

from datetime import datetime, timedelta

from companionway.foundation.duties import duty
from companionway.meetings import nearing


@duty("meetings.write_ahead", every=timedelta(hours=6))
def write_ahead(now: datetime) -> None:
    nearing.write_all_ahead(now)


@duty("meetings.look_after", every=timedelta(minutes=5))
def look_after(now: datetime) -> None:
    nearing.look_after(now)
    nearing.pass_places_on(now)


@duty("meetings.remind", every=timedelta(hours=1))
def remind(now: datetime) -> None:
    nearing.remind(now)
