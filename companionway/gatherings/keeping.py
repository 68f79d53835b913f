"""How long this room keeps what it has. What is said goes with its key at the close, or a day later (`tasks`)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from companionway.foundation.retention import Clock, clock, without_clock
from companionway.gatherings.models import CheckIn, HandOver, Outside, Seat


def _attendance(before: datetime, now: datetime) -> int:
    seats = Seat.objects.filter(taken_at__lt=before).delete()[0]
    return seats + CheckIn.objects.filter(came_at__lt=before).delete()[0]


def _outside(before: datetime, now: datetime) -> int:
    return Outside.objects.filter(said_on__lt=before).delete()[0]


def _hand_overs(before: datetime, now: datetime) -> int:
    return HandOver.objects.filter(written_at__lt=before).delete()[0]


clock(
    Clock(
        "gatherings_attendance", _("Who came to a meeting, where that is kept at all"), 180, 1, 730,
        _("Our own rule: half a year, for those who ask who has not been seen lately; unverified"),
        ("gatherings.Seat", "gatherings.CheckIn"), _attendance,
    )
)  # fmt: skip
clock(
    Clock(
        "gatherings_outside", _("That something of a meeting was found outside"), 180, 30, 365,
        _("Our own rule: until the group has talked about it, with some months to spare; unverified"),
        ("gatherings.Outside",), _outside,
    )
)  # fmt: skip
clock(
    Clock(
        "gatherings_hand_over", _("What those who held a meeting handed on to the next"), 90, 7, 365,
        _("Our own rule: as long as it helps the next evenings; unverified"),
        ("gatherings.HandOver",), _hand_overs,
    )
)  # fmt: skip
without_clock(
    {
        "gatherings.Gathering": "where the script stood; names nobody, goes with its meeting",
        "gatherings.Counting": "that a group agreed to count heads; names nobody, goes with its series",
        "gatherings.Share": "goes at the close or a day later, by a duty of its own (services.forget_due)",
        "gatherings.Reaction": "goes with its share",
        "gatherings.Asking": "goes with the shares of its meeting",
    }
)
