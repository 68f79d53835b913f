"""How long this room keeps what it has. The days are defaults that each organisation has to decide."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from companionway.clubhouse.models import Here, Task
from companionway.foundation.retention import Clock, clock, without_clock


def _tasks(before: datetime, now: datetime) -> int:
    return Task.objects.filter(day__lt=before.date()).delete()[0]


def _here(before: datetime, now: datetime) -> int:
    return Here.objects.filter(day__lt=before.date()).delete()[0]


clock(
    Clock(
        "clubhouse_tasks", _("Tasks of a clubhouse, and who did them"), 30, 1, 365,
        _("Our own rule: a board shows a day, nobody's work is counted"),
        ("clubhouse.Task", "clubhouse.Hand", "clubhouse.Thanks"), _tasks,
    )
)  # fmt: skip
clock(
    Clock(
        "clubhouse_here", _("Days on which somebody said that they were in the clubhouse"), 730, 30, 3650,
        _("Two years; seen by the person alone; unverified"), ("clubhouse.Here",), _here,
    )
)  # fmt: skip
without_clock(
    {
        "clubhouse.House": "one row for each house: its hours",
        "clubhouse.Unit": "a part of the house, as long as the house",
        "clubhouse.InUnit": "goes when somebody leaves the unit or the house",
        "clubhouse.Recurring": "what comes again in a unit; as long as the unit",
        "clubhouse.HouseMeeting": "the house's own book: dates of its meetings",
        "clubhouse.AgendaItem": "goes with whoever wrote it, whose key seals it",
        "clubhouse.HouseDecision": "the house's own book: what it decided",
        "clubhouse.HouseAction": "the house's own book: what it set out to do",
        "clubhouse.Minutes": "the house's own book: its minutes",
    }
)
