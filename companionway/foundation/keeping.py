"""How long this floor keeps what it writes down."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from companionway.foundation import chain
from companionway.foundation.models import ExportAgreement
from companionway.foundation.retention import Clock, clock, without_clock


def _agreements(before: datetime, now: datetime) -> int:
    return ExportAgreement.objects.filter(expires_at__lt=before).delete()[0]


clock(
    Clock(
        "records", _("The record of deeds: who did what, by number, without words"), 2190, 365, 7300,
        _("Six years, as many audit rules ask; unverified"), ("foundation.Record",), chain.prune,
    )
)  # fmt: skip
clock(
    Clock(
        "export_agreements", _("Who agreed that the master key may be copied"), 90, 1, 365,
        _("Our own rule: the record keeps that it was done"), ("foundation.ExportAgreement",), _agreements,
    )
)  # fmt: skip
without_clock(
    {
        "foundation.RecordBlock": "digests without words; the proof that the record is whole",
        "foundation.DataKey": "goes with what it seals; a destroyed one stays as a note that it was destroyed",
        "foundation.DutyRun": "one row for each duty",
        "foundation.KeptFor": "the organisation's own choice of these times",
    }
)
