"""How long this room keeps what has ended. The days are defaults that each organisation has to decide."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from companionway.foundation import sealing
from companionway.foundation.retention import Clock, clock, without_clock
from companionway.safety.models import KEEP_APART, Block, KeepApartWish, KeptApart, LineTrouble, Report


def _reports(before: datetime, now: datetime) -> int:
    return _with_keys(sealing.REPORT, Report.objects.filter(answered_at__lt=before), now)


def _kept_apart(before: datetime, now: datetime) -> int:
    return _with_keys(KEEP_APART, KeptApart.objects.filter(ended_at__lt=before), now)


def _with_keys(kind: str, rows: QuerySet[Any], now: datetime) -> int:
    for pk in rows.values_list("pk", flat=True):
        sealing.destroy_key(kind, pk, now=now)
    return rows.delete()[0]


def _blocks(before: datetime, now: datetime) -> int:
    return Block.objects.filter(lifted_at__lt=before).delete()[0]


def _wishes(before: datetime, now: datetime) -> int:
    return KeepApartWish.objects.filter(settled_at__lt=before).delete()[0]


def _troubles(before: datetime, now: datetime) -> int:
    return LineTrouble.objects.filter(settled_at__lt=before).delete()[0]


clock(
    Clock(
        "reports",
        _("Reports that were answered"),
        1095,
        90,
        7300,
        _("Three years after the answer; unverified, safeguarding rules may ask for longer"),
        ("safety.Report",),
        _reports,
    )
)
clock(
    Clock(
        "kept_apart",
        _("Pairs no longer kept apart"),
        730,
        90,
        7300,
        _("Two years; unverified"),
        ("safety.KeptApart",),
        _kept_apart,
    )
)
clock(
    Clock(
        "blocks",
        _("Blocks that were lifted"),
        365,
        30,
        3650,
        _("One year; unverified"),
        ("safety.Block",),
        _blocks,
    )
)
clock(
    Clock(
        "wishes",
        _("Wishes to be kept apart that were dealt with"),
        365,
        30,
        3650,
        _("One year; unverified"),
        ("safety.KeepApartWish",),
        _wishes,
    )
)
clock(
    Clock(
        "troubles",
        _("Telephone numbers somebody found not working"),
        365,
        30,
        3650,
        _("Our own rule; nobody is named"),
        ("safety.LineTrouble",),
        _troubles,
    )
)
without_clock(
    {
        "safety.HelpLine": "telephone numbers of services; nobody's own",
    }
)
