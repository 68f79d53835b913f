"""How long this room keeps what is over. The days are defaults that each organisation has to decide."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from companionway.foundation.retention import Clock, clock, without_clock
from companionway.oncall.models import Turn, WeeklySlot


def _turns(before: datetime, now: datetime) -> int:
    slots = WeeklySlot.objects.filter(retired_at__lt=before).delete()[0]
    return slots + Turn.objects.filter(ends_at__lt=before).delete()[0]


clock(
    Clock(
        "turns",
        _("Turns on call that are over, and who handed them to whom"),
        1095,
        90,
        7300,
        _("Three years, as long as the reports of that time; unverified"),
        ("oncall.Turn", "oncall.Offer", "oncall.WeeklySlot"),
        _turns,
    )
)
without_clock(
    {
        "oncall.Rota": "that a rota is kept, one row for each organisation",
        "oncall.Telephone": "the list as it is now; a number goes, with its key, when it is taken off",
    }
)
