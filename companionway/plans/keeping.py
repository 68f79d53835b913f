"""How long things of this room are kept."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from companionway.foundation.retention import Clock, clock, without_clock
from companionway.plans.models import PlanOverride, PlanShare


def _shares(before: datetime, now: datetime) -> int:
    return PlanShare.objects.filter(Q(stopped_at__lt=before) | Q(until__lt=before)).delete()[0]


def _overrides(before: datetime, now: datetime) -> int:
    return PlanOverride.objects.filter(until__lt=before).delete()[0]


clock(
    Clock(
        "plan_shares",
        _("With whom somebody shared a part of their plan, when that is over"),
        90,
        1,
        365,
        _("Our own rule: long enough for its person to look back"),
        ("plans.PlanShare",),
        _shares,
    )
)
clock(
    Clock(
        "plan_overrides",
        _("Times somebody on call opened a plan without a share"),
        2190,
        365,
        7300,
        _("Like looks into a conversation; six years, unverified"),
        ("plans.PlanOverride",),
        _overrides,
    )
)
without_clock({"plans.PlanSection": "theirs to take away"})
