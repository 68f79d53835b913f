"""How long this room keeps what has ended. The days are defaults that each organisation has to decide."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from companionway.foundation.retention import Clock, clock, without_clock
from companionway.notices.models import Notice


def _notices(before: datetime, now: datetime) -> int:
    return Notice.objects.filter(created_at__lt=before).delete()[0]


clock(
    Clock(
        "notices",
        _("Notices, sent or not"),
        90,
        7,
        365,
        _("Our own rule: when somebody was told is nobody's business for ever"),
        ("notices.Notice",),
        _notices,
    )
)
without_clock(
    {
        "notices.PushDevice": "theirs to take away",
    }
)
