"""How long this room keeps what is over. The days are defaults that each organisation has to decide."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from companionway.foundation.retention import Clock, clock, without_clock
from companionway.supervision.models import (
    AgendaItem,
    CircleWords,
    DriftTick,
    ExtraPlace,
    HardContact,
    Lateness,
    OwnGains,
    Talk,
)

_UNVERIFIED = _("One year; unverified")


def _talks(before: datetime, now: datetime) -> int:
    """Talks and what stood on their agenda. The newest of each person is younger than any clock that holds them."""
    rows = AgendaItem.objects.filter(put_at__lt=before).delete()[0]
    return rows + Talk.objects.filter(written_at__lt=before, held_on__lt=before.date()).delete()[0]


def _weeks(before: datetime, now: datetime) -> int:
    rows = HardContact.objects.filter(happened_at__lt=before).delete()[0]
    rows += DriftTick.objects.filter(ticked_on__lt=before.date()).delete()[0]
    rows += OwnGains.objects.filter(said_at__lt=before).delete()[0]
    rows += Lateness.objects.filter(ended_at__lt=before).delete()[0]
    return rows + ExtraPlace.objects.filter(ended_at__lt=before).delete()[0]


def _circle_words(before: datetime, now: datetime) -> int:
    return CircleWords.objects.filter(written_at__lt=before).delete()[0]


clock(
    Clock(
        "supervision_talks",
        _("Talks with a practice supervisor"),
        730,
        365,
        3650,
        _("Two years; unverified"),
        ("supervision.Talk", "supervision.Action", "supervision.AgendaItem"),
        _talks,
    )
)
clock(
    Clock(
        "supporters_weeks",
        _("What was hard for a supporter, and talks that were late"),
        365,
        120,
        1095,
        _UNVERIFIED,
        (
            "supervision.HardContact",
            "supervision.OwnGains",
            "supervision.DriftTick",
            "supervision.Lateness",
            "supervision.ExtraPlace",
        ),
        _weeks,
    )
)
clock(
    Clock(
        "circle_words",
        _("What was said in circles of supporters"),
        365,
        30,
        1095,
        _UNVERIFIED,
        ("supervision.CircleWords",),
        _circle_words,
    )
)
without_clock(
    {
        "supervision.Supervision": "who held whom, as two dates; its words have a clock",
        "supervision.Supervising": "what a supervisor says of themselves, as long as they do",
        "supervision.Rhythm": "three numbers of a programme",
        "supervision.OwnSigns": "a wish, as long as it is wished",
        "supervision.Circle": "a sealed name; gone with its last person",
        "supervision.CirclePerson": "a name chosen for a circle, as long as its words are there",
    }
)
