"""Work: employers, places, who has one from when to when, and who goes on which day.

There is no field for anything about a person's health, and nothing here is sent to an employer.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from companionway.foundation.models import new_public_id
from companionway.placements.states import LONGEST_DAYS, MOST_HOURS, JobKind


class Employer(models.Model):
    """Somebody who gives work: an offer of the house, in plain words."""

    programme = models.ForeignKey("people.Programme", models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    name = models.CharField(max_length=120)
    place = models.CharField(max_length=200)
    begun_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"employer {self.pk}"


class PlacementQuerySet(models.QuerySet["Placement"]):
    def standing(self) -> PlacementQuerySet:
        return self.filter(closed_at=None)


class Placement(models.Model):
    """A place to work. A transitional one belongs to the house: part-time, for a time, every absence covered."""

    programme = models.ForeignKey("people.Programme", models.PROTECT, related_name="+")
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="placements")
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    kind = models.CharField(max_length=14, choices=JobKind)
    title = models.CharField(max_length=120)
    about = models.TextField(blank=True, default="")
    minutes_a_week = models.PositiveSmallIntegerField()
    # What an hour pays, and what is usually paid for it there, in hundredths (pence): whole numbers stay exact.
    wage_pence = models.PositiveIntegerField()
    prevailing_pence = models.PositiveIntegerField()
    currency = models.CharField(max_length=3, default="GBP")
    longest_days = models.PositiveSmallIntegerField(null=True)
    # Days that are worked (Monday is 0), and when.
    weekdays = models.JSONField(default=list)
    begins = models.TimeField()
    ends = models.TimeField()
    begun_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(wage_pence__gte=F("prevailing_pence"), prevailing_pence__gt=0),
                name="placements_wage_at_least_usual",
            ),
            models.CheckConstraint(
                condition=~Q(kind=JobKind.TRANSITIONAL)
                | Q(
                    minutes_a_week__lte=60 * MOST_HOURS,
                    longest_days__isnull=False,
                    longest_days__lte=LONGEST_DAYS,
                ),
                name="placements_transitional_passes_on",
            ),
            models.CheckConstraint(condition=Q(begins__lt=F("ends")), name="placements_work_ends"),
        ]

    def __str__(self) -> str:
        return f"placement {self.pk}"

    @property
    def hours_a_week(self) -> Decimal:
        return Decimal(self.minutes_a_week) / 60

    @property
    def wage(self) -> Decimal:
        return Decimal(self.wage_pence) / 100

    @property
    def prevailing_wage(self) -> Decimal:
        return Decimal(self.prevailing_pence) / 100

    @property
    def is_of_the_house(self) -> bool:
        """Whether the house promised that somebody comes every day."""
        return self.kind == JobKind.TRANSITIONAL


class Interest(models.Model):
    """Somebody would like this place. Everybody in the house sees it: the house decides."""

    placement = models.ForeignKey(Placement, models.CASCADE, related_name="interests")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["placement", "person"], name="placements_interest_once")
        ]
        ordering = ["said_at", "pk"]

    def __str__(self) -> str:
        return f"interest {self.pk}"


class HoldingQuerySet(models.QuerySet["Holding"]):
    def going_on(self) -> HoldingQuerySet:
        return self.filter(from_on__isnull=False, ended_on=None)


class Holding(models.Model):
    """Who has a place from when to when. A transitional one is given by a decision of the house."""

    placement = models.ForeignKey(Placement, models.CASCADE, related_name="holdings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    decision = models.ForeignKey("clubhouse.HouseDecision", models.PROTECT, null=True, related_name="+")
    chosen_at = models.DateTimeField()
    # When they were told how pay changes benefits, before the first pay.
    advice_at = models.DateTimeField(null=True)
    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)

    objects = HoldingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(from_on=None) | Q(advice_at__isnull=False), name="placements_advice_before_pay"
            ),
            models.UniqueConstraint(
                fields=["placement"],
                condition=Q(from_on__isnull=False, ended_on=None),
                name="placements_one_has_it",
            ),
            models.UniqueConstraint(
                fields=["placement"],
                condition=Q(from_on=None, ended_on=None),
                name="placements_one_is_chosen",
            ),
        ]
        ordering = ["-chosen_at", "-pk"]

    def __str__(self) -> str:
        return f"holding {self.pk}"

    def is_on(self, day: date) -> bool:
        """Whether the place is theirs on this day."""
        return self.from_on is not None and self.from_on <= day <= (self.until_on or day)


class CanCover(models.Model):
    """Somebody can go there on these days of the week when the one who has the place cannot."""

    placement = models.ForeignKey(Placement, models.CASCADE, related_name="covers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    weekdays = models.JSONField(default=list)
    said_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["placement", "person"], name="placements_cover_once")]

    def __str__(self) -> str:
        return f"cover {self.pk}"


class WorkDay(models.Model):
    """One day of a place of the house: somebody goes, or it is asked who can. There is no third."""

    placement = models.ForeignKey(Placement, models.CASCADE, related_name="work_days")
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    day = models.DateField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(null=True)
    # From then on it is the turn of the members of staff: it was promised to the employer.
    staff_asked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["placement", "day"], name="placements_work_day_once"),
            models.CheckConstraint(
                condition=Q(person__isnull=False) ^ Q(asked_at__isnull=False),
                name="placements_somebody_or_asked",
            ),
            models.CheckConstraint(
                condition=Q(staff_asked_at=None) | Q(person=None), name="placements_staff_asked_when_open"
            ),
        ]
        indexes = [models.Index(fields=["day", "placement"], name="placements_work_days")]

    def __str__(self) -> str:
        return f"work day {self.pk}"
