"""How long this room keeps what was closed. The days are a default that each organisation has to decide."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from companionway.foundation.retention import Clock, clock, without_clock
from companionway.safeguarding import opening
from companionway.safeguarding.models import SafeguardingRecord


def _closed(before: datetime, now: datetime) -> int:
    """Closed long enough, and not to be kept longer. What is open stays, however old."""
    held = SafeguardingRecord.objects.held().values("pk")
    over = SafeguardingRecord.objects.closed_before(before).exclude(pk__in=held)
    return opening.destroy(list(over.values_list("pk", flat=True)), now)


clock(
    Clock(
        "safeguarding",
        _("Records that protect somebody, after they were closed"),
        3650,
        365,
        36500,
        _("Ten years; unverified: children's records are often kept far longer, ask a lawyer"),
        (
            "safeguarding.SafeguardingRecord",
            "safeguarding.Entry",
            "safeguarding.Concerned",
            "safeguarding.Reading",
            "safeguarding.HandedOut",
        ),
        _closed,
    )
)
without_clock(
    {
        "safeguarding.Arrangement": "the organisation's own choice of duties and of a contact outside",
        "safeguarding.DutyCheck": "that a lead compared a duty with the law, on a day",
    }
)
