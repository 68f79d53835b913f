"""How long this room keeps what has ended. The days are defaults that each organisation has to decide."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from companionway.foundation.retention import Clock, clock, without_clock
from companionway.release.models import HeldReply, ThreadNote, Traineeship


def _replies(before: datetime, now: datetime) -> int:
    return HeldReply.objects.filter(decided_at__lt=before).delete()[0]


def _beside(before: datetime, now: datetime) -> int:
    return ThreadNote.objects.filter(written_at__lt=before).delete()[0]


def _learning(before: datetime, now: datetime) -> int:
    return Traineeship.objects.filter(ended_at__lt=before).delete()[0]


clock(
    Clock(
        "held_replies",
        _("Replies that a mentor read before they went, with the answers"),
        200,
        190,
        730,
        _("As long as they count for signing; unverified"),
        ("release.HeldReply", "release.Reading"),
        _replies,
    )
)
clock(
    Clock(
        "beside",
        _("What trainees and mentors write beside a conversation"),
        180,
        30,
        730,
        _("Half a year after it was written; unverified"),
        ("release.ThreadNote",),
        _beside,
    )
)
clock(
    Clock(
        "learning",
        _("Who learned, and who signed for it"),
        1095,
        190,
        3650,
        _("Three years after the end; unverified"),
        ("release.Traineeship", "release.Signature", "release.Thread"),
        _learning,
    )
)
without_clock({"release.Space": "one choice for each programme or conversation; nobody's own"})
