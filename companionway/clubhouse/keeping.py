"""How long this room keeps what it has. The days are defaults that each organisation has to decide."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from companionway.clubhouse.models import Here, HouseRecord, ReachWish, Task, WorkDay
from companionway.clubhouse.states import RecordState
from companionway.foundation.retention import Clock, clock, without_clock


def _tasks(before: datetime, now: datetime) -> int:
    return Task.objects.filter(day__lt=before.date()).delete()[0]


def _here(before: datetime, now: datetime) -> int:
    return Here.objects.filter(day__lt=before.date()).delete()[0]


def _drafts(before: datetime, now: datetime) -> int:
    """What was not signed by both is gone: it was a draft."""
    drafts = HouseRecord.objects.exclude(state=RecordState.SIGNED)
    return drafts.filter(changed_at__lt=before).delete()[0]


def _wishes(before: datetime, now: datetime) -> int:
    return ReachWish.objects.filter(stopped_at__lt=before).delete()[0]


def _work_days(before: datetime, now: datetime) -> int:
    return WorkDay.objects.filter(day__lt=before.date()).delete()[0]


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
clock(
    Clock(
        "clubhouse_drafts", _("Records of a clubhouse that were not signed by both"), 30, 7, 90,
        _("Our own rule: what both did not sign is a draft and goes"),
        ("clubhouse.HouseRecord", "clubhouse.RecordVersion", "clubhouse.RecordLook"), _drafts,
    )
)  # fmt: skip
clock(
    Clock(
        "clubhouse_missed", _("That somebody was asked after, after they stopped it"), 90, 1, 365,
        _("Our own rule"), ("clubhouse.ReachWish", "clubhouse.ReachBy", "clubhouse.Missed"), _wishes,
    )
)  # fmt: skip
clock(
    Clock(
        "clubhouse_work_days", _("Who went to a work placement on which day"), 365, 30, 2555,
        _("A year, for pay questions; unverified"), ("clubhouse.WorkDay",), _work_days,
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
        "clubhouse.Employer": "a name and a place, as long as there is a work placement",
        "clubhouse.Placement": "an offer of the house",
        "clubhouse.Interest": "goes when somebody is chosen, or says so",
        "clubhouse.Holding": "who had a work placement from when to when; goes with the person",
        "clubhouse.CanCover": "goes when somebody says so, or leaves the house",
    }
)
