"""How long this room keeps what it has. The days are defaults that each organisation has to decide."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from companionway.foundation.retention import Clock, clock
from companionway.jointrecords.models import JointRecord
from companionway.jointrecords.states import RecordState


def _drafts(before: datetime, now: datetime) -> int:
    """What was not signed by both is gone: it was a draft."""
    drafts = JointRecord.objects.exclude(state=RecordState.SIGNED)
    return drafts.filter(changed_at__lt=before).delete()[0]


clock(
    Clock(
        "jointrecords_drafts", _("Records of a clubhouse that were not signed by both"), 30, 7, 90,
        _("Our own rule: what both did not sign is a draft and goes"),
        ("jointrecords.JointRecord", "jointrecords.RecordVersion", "jointrecords.RecordLook"), _drafts,
    )
)  # fmt: skip
