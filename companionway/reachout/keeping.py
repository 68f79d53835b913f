"""How long this room keeps what it has. The days are defaults that each organisation has to decide."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from companionway.foundation.retention import Clock, clock
from companionway.reachout.models import ReachWish


def _wishes(before: datetime, now: datetime) -> int:
    return ReachWish.objects.filter(stopped_at__lt=before).delete()[0]


clock(
    Clock(
        "reachout_missed", _("That somebody was asked after, after they stopped it"), 90, 1, 365,
        _("Our own rule"), ("reachout.ReachWish", "reachout.ReachBy", "reachout.Missed"), _wishes,
    )
)  # fmt: skip
