"""The house: when it is open, its units, and the tasks of a day with the hands on them.

Nothing here says who may see or decide: whoever belongs to the programme, nobody less and nobody more.
"""

from __future__ import annotations

from datetime import date, time

from django.conf import settings
from django.db import models
from django.db.models import Q

from companionway.clubhouse.states import DayPart, ServiceDeed
from companionway.foundation.models import new_public_id

MOST_HANDS = 12


def _work_week() -> list[int]:
    return [0, 1, 2, 3, 4]


class House(models.Model):
    """The hours of one house (a programme)."""

    programme = models.OneToOneField("people.Programme", models.PROTECT, related_name="house")
    opens = models.TimeField(default=time(9))
    midday = models.TimeField(default=time(13))
    closes = models.TimeField(default=time(17))
    # Monday is 0.
    weekdays = models.JSONField(default=_work_week)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(opens__lt=models.F("midday"), midday__lt=models.F("closes")),
                name="clubhouse_hours_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"house {self.pk}"

    def is_open_on(self, day: date) -> bool:
        return day.weekday() in self.weekdays


class UnitQuerySet(models.QuerySet["Unit"]):
    def standing(self) -> UnitQuerySet:
        return self.filter(closed_at=None)


class Unit(models.Model):
    """Kitchen, clerical, reception: a part of the house. Its name belongs to the house."""

    programme = models.ForeignKey("people.Programme", models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    name = models.CharField(max_length=60)
    about = models.TextField(blank=True, default="")
    carer = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # The Monday of the week in which `carer` cares for it.
    cared_for_week = models.DateField(null=True)
    begun_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    # Where the house meeting decided to close it.
    closed_by = models.ForeignKey("clubhouse.HouseDecision", models.SET_NULL, null=True, related_name="+")

    objects = UnitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "name"], condition=Q(closed_at=None), name="clubhouse_unit_name_once"
            )
        ]

    def __str__(self) -> str:
        return f"unit {self.pk}"


class InUnit(models.Model):
    """Somebody made this unit theirs. They may have several, or none."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="people")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    since_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "person"], name="clubhouse_in_unit_once")]

    def __str__(self) -> str:
        return f"person {self.person_id} in unit {self.unit_id}"


class Recurring(models.Model):
    """A task that comes again on some days of the week."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="recurring")
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    title = models.CharField(max_length=120)
    about = models.TextField(blank=True, default="")
    weekdays = models.JSONField(default=_work_week)
    part = models.CharField(max_length=10, choices=DayPart, default=DayPart.MORNING)
    hands = models.PositiveSmallIntegerField(default=1)
    deed = models.CharField(max_length=12, choices=ServiceDeed, blank=True, default="")
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"recurring task {self.pk}"


class TaskQuerySet(models.QuerySet["Task"]):
    def on_the_board(self) -> TaskQuerySet:
        return self.filter(taken_away_at=None)


class Task(models.Model):
    """Something to do in a unit on a day. Not done is not late: it is not done."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="tasks")
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    title = models.CharField(max_length=120)
    about = models.TextField(blank=True, default="")
    day = models.DateField()
    part = models.CharField(max_length=10, choices=DayPart, default=DayPart.MORNING)
    # How many pairs of hands would be good.
    hands = models.PositiveSmallIntegerField(default=1)
    deed = models.CharField(max_length=12, choices=ServiceDeed, blank=True, default="")
    recurring = models.ForeignKey(Recurring, models.SET_NULL, null=True, related_name="tasks")
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)
    taken_away_at = models.DateTimeField(null=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recurring", "day"], name="clubhouse_task_once_a_day"),
            models.CheckConstraint(
                condition=Q(hands__gte=1, hands__lte=MOST_HANDS), name="clubhouse_task_some_hands"
            ),
        ]
        indexes = [models.Index(fields=["day", "unit"], name="clubhouse_board")]

    def __str__(self) -> str:
        return f"task {self.pk}"


class HandQuerySet(models.QuerySet["Hand"]):
    def on_it(self) -> HandQuerySet:
        return self.filter(until_at=None)


class Hand(models.Model):
    """Somebody's hands on a task, member or staff alike. Handed on, they are free again; nothing says why."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="hands_on_it")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    since_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    objects = HandQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["task", "person"], condition=Q(until_at=None), name="clubhouse_hand_once"
            )
        ]

    def __str__(self) -> str:
        return f"hands on task {self.task_id}"


class Thanks(models.Model):
    """Somebody says thank you for a task to everybody who did it."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="thanks")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "person"], name="clubhouse_thanks_once")]

    def __str__(self) -> str:
        return f"thanks for task {self.task_id}"
