"""What is done here again and again."""

from __future__ import annotations

from datetime import datetime, timedelta

from companionway.concerns import services
from companionway.foundation.duties import duty


# Apart: neither a dead mail server nor a long queue of news may hold up a step. Everywhere: a step is taken once,
# whoever comes first, and a row written every few seconds would keep an idle server awake.
@duty(
    "concerns.climb",
    every=timedelta(seconds=2),
    apart=True,
    everywhere=True,
    clocks_apart=timedelta(seconds=5),
)
def climb(now: datetime) -> None:
    services.climb_due(actor=None, watching=True, now=now)


@duty("concerns.late", every=timedelta(minutes=15))
def say_what_is_late(now: datetime) -> None:
    services.say_what_is_late(actor=None, now=now)


@duty("concerns.drills", every=timedelta(minutes=20))
def begin_drills(now: datetime) -> None:
    services.begin_monthly_drills(actor=None, now=now)
