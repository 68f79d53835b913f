"""How long this room keeps what has ended. The days are defaults that each organisation has to decide."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from companionway.foundation.retention import Clock, clock, without_clock
from companionway.introductions.models import Introduction, PassedOver, Request


def _introductions(before: datetime, now: datetime) -> int:
    return Introduction.objects.filter(closed_at__lt=before).delete()[0]


def _requests(before: datetime, now: datetime) -> int:
    return Request.objects.filter(closed_at__lt=before).delete()[0]


def _passed_over(before: datetime, now: datetime) -> int:
    return PassedOver.objects.filter(happened_at__lt=before).delete()[0]


clock(
    Clock(
        "introductions",
        _("Introductions that came to nothing"),
        365,
        30,
        3650,
        _("One year, so that nobody is asked again too soon; unverified"),
        ("introductions.Introduction",),
        _introductions,
    )
)
clock(
    Clock(
        "requests",
        _("Requests that were closed"),
        365,
        30,
        3650,
        _("One year; unverified"),
        ("introductions.Request",),
        _requests,
    )
)
clock(
    Clock(
        "passed_over",
        _("Why somebody who waited longer was passed over"),
        730,
        90,
        3650,
        _("Two years, to be able to answer for it; unverified"),
        ("introductions.PassedOver",),
        _passed_over,
    )
)
without_clock(
    {
        "introductions.PoolVersion": "one number for each programme",
    }
)
