"""How long this room keeps what has ended. The days are defaults that each organisation has to decide."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from companionway.foundation.retention import Clock, clock, without_clock
from companionway.practice.models import Cover, TimeAway


def _covers(before: datetime, now: datetime) -> int:
    return Cover.objects.filter(ended_at__lt=before).delete()[0]


def _times_away(before: datetime, now: datetime) -> int:
    return TimeAway.objects.filter(ended_at__lt=before).delete()[0]


clock(
    Clock(
        "covers",
        _("Covering that ended"),
        365,
        30,
        3650,
        _("One year; unverified"),
        ("practice.Cover",),
        _covers,
    )
)
clock(
    Clock(
        "times_away",
        _("Times away that are over"),
        365,
        30,
        3650,
        _("One year; unverified"),
        ("practice.TimeAway",),
        _times_away,
    )
)
without_clock(
    {
        "practice.SupporterPractice": "theirs, as long as they offer support",
    }
)
