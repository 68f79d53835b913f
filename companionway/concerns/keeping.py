"""How long this room keeps what has ended. The days are defaults that each organisation has to decide."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from companionway.concerns.models import CONCERN, Concern
from companionway.concerns.states import OVER
from companionway.foundation import sealing
from companionway.foundation.retention import Clock, clock, without_clock


def _over(before: datetime, now: datetime) -> int:
    return _forget(Concern.objects.filter(state__in=OVER, over_at__lt=before), now)


def _forget(rows: QuerySet[Concern], now: datetime) -> int:
    pks = list(rows.values_list("pk", flat=True))
    for pk in pks:
        sealing.destroy_key(CONCERN, pk, now=now)
    Concern.objects.filter(pk__in=pks).delete()
    return len(pks)


clock(
    Clock(
        "concerns",
        _("Concerns that are over, with what was decided"),
        2190,
        365,
        9125,
        _("Six years after the end; unverified, each country's safeguarding rules decide"),
        (
            "concerns.Concern",
            "concerns.Voice",
            "concerns.Step",
            "concerns.Decision",
            "concerns.Task",
            "concerns.KeptFrom",
            "concerns.Opened",
        ),
        _over,
    )
)
without_clock({"concerns.Pace": "how fast a concern climbs in an organisation; about nobody"})
