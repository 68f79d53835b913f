"""How long this room keeps what was looked after. What still waits is never taken away by a clock."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from companionway.foundation import sealing
from companionway.foundation.retention import Clock, clock, without_clock
from companionway.noticing.models import ANSWER, Answer, Noticed


def _answered(before: datetime, now: datetime) -> int:
    rows = Noticed.objects.filter(answer__answered_at__lt=before).delete()[0]
    over = Answer.objects.filter(answered_at__lt=before, noticed=None)
    for pk in over.exclude(sealed_reason=b"").values_list("pk", flat=True):
        sealing.destroy_key(ANSWER, pk, now=now)
    return rows + over.delete()[0]


clock(
    Clock(
        "noticed",
        _("What was noticed in messages, after somebody looked after it"),
        90,
        7,
        1095,
        _("Our own rule: long enough to learn from, short enough to be no file about anybody; unverified"),
        ("noticing.Noticed", "noticing.Answer"),
        _answered,
    )
)
without_clock({"noticing.Switch": "one choice for each programme; nobody's own"})
