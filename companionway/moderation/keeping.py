"""How long this room keeps what has ended. The days are defaults that each organisation has to decide."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from companionway.foundation import sealing
from companionway.foundation.retention import Clock, clock, without_clock
from companionway.moderation.models import CueTold, Decision, SamePerson
from companionway.moderation.states import DECISION, State


def _decisions(before: datetime, now: datetime) -> int:
    """Never one that waits, whose appeal is not answered, or that still keeps somebody out."""
    over = Decision.objects.filter(Q(holds_at__lt=before) | Q(state=State.BACK, seconded_at__lt=before))
    open_ones = Q(appeal__isnull=False, appeal__answered_at=None) | Q(stop__isnull=False, stop__ended_at=None)
    open_ones |= Q(left_out__isnull=False, left_out__ended_at=None)
    over = over.exclude(pk__in=Decision.objects.filter(open_ones).values("pk"))
    pks = list(over.values_list("pk", flat=True))
    for pk in pks:
        sealing.destroy_key(DECISION, pk, now=now)
    return Decision.objects.filter(pk__in=pks).delete()[0]


def _same(before: datetime, now: datetime) -> int:
    return SamePerson.objects.filter(ended_at__lt=before).delete()[0]


def _cues(before: datetime, now: datetime) -> int:
    return CueTold.objects.filter(told_at__lt=before).delete()[0]


clock(
    Clock(
        "decisions",
        _("Decisions about conduct, with appeals"),
        1095,
        90,
        7300,
        _("Three years after it began to hold, like reports; unverified"),
        ("moderation.Decision", "moderation.Appeal", "moderation.Seat"),
        _decisions,
    )
)
clock(
    Clock(
        "same_person",
        _("Two names no longer taken for one person"),
        365,
        30,
        3650,
        _("One year; unverified"),
        ("moderation.SamePerson",),
        _same,
    )
)
clock(
    Clock(
        "cues",
        _("That a supervisor was told of a cue"),
        90,
        7,
        1095,
        _("As long as what was noticed; no words are kept"),
        ("moderation.CueTold",),
        _cues,
    )
)
without_clock({"moderation.PanelYes": "a yes that goes when it is taken back"})
