"""How long this room keeps what it has. The days are defaults that each organisation has to decide."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from companionway.foundation.retention import Clock, clock, without_clock
from companionway.placements.models import WorkDay


def _work_days(before: datetime, now: datetime) -> int:
    return WorkDay.objects.filter(day__lt=before.date()).delete()[0]


clock(
    Clock(
        "placements_days", _("Who went to a work placement on which day"), 365, 30, 2555,
        _("A year, for pay questions; unverified"), ("placements.WorkDay",), _work_days,
    )
)  # fmt: skip
without_clock(
    {
        "placements.Employer": "a name and a place, as long as there is a work placement",
        "placements.Placement": "an offer of the house",
        "placements.Interest": "goes when somebody is chosen, or says so",
        "placements.Holding": "who had a work placement from when to when; goes with the person",
        "placements.CanCover": "goes when somebody says so, or leaves the house",
    }
)
