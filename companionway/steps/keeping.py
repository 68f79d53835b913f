"""How long this room keeps what it has."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from companionway.foundation.retention import Clock, clock, without_clock
from companionway.steps.models import Company


def _company(before: datetime, now: datetime) -> int:
    return Company.objects.filter(Q(until__lt=before) | Q(over_at__lt=before)).delete()[0]


clock(
    Clock(
        "company_alongside",
        _("That somebody was asked to be alongside once, and the words for it, when that is over"),
        7,
        1,
        30,
        _("Our own rule: long enough to report the words, and no longer"),
        ("steps.Company",),
        _company,
    )
)
without_clock({"steps.Book": "theirs alone: as long as they want it"})
