"""A series: what meets, when it comes again, where, and who holds it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q

from companionway.foundation.constraints import Never, never
from companionway.foundation.models import new_public_id
from companionway.meetings.states import Way
from companionway.people.models import of_person, of_row, within_one_organisation


class SeriesQuerySet(models.QuerySet["Series"]):
    def going_on(self, now: datetime) -> SeriesQuerySet:
        return self.filter(Q(ended_at=None) | Q(ended_at__gt=now))


class Series(models.Model):
    """Meetings that come again, or once where `rule` is empty. Local times: a clock change never moves a meeting."""

    programme = models.ForeignKey("people.Programme", models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    name = models.CharField(max_length=120)
    about = models.TextField(blank=True, default="")
    language = models.CharField(max_length=10, default="en")
    zone = models.CharField(max_length=60)
    starts_on = models.DateField()
    begins = models.TimeField()
    minutes = models.PositiveSmallIntegerField(default=90)
    # An RFC 5545 recurrence rule, checked by `reasoning.recurrence`; UNTIL is never in it: `last_on` says it.
    rule = models.CharField(max_length=200, blank=True, default="")
    last_on = models.DateField(null=True)
    way = models.CharField(max_length=10, choices=Way)
    place_name = models.CharField(max_length=120, blank=True, default="")
    place_address = models.CharField(max_length=300, blank=True, default="")
    travel_notes = models.TextField(blank=True, default="")
    sensory_notes = models.TextField(blank=True, default="")
    link = models.CharField(max_length=300, blank=True, default="")
    capacity = models.PositiveSmallIntegerField(null=True)
    format_key = models.CharField(max_length=40, blank=True, default="")
    # Closed series are found and entered only by whom an upper room lets in (`meetings.audience`).
    is_closed = models.BooleanField(default=False)
    is_public = models.BooleanField(default=False)
    # Codes of the Meeting Guide format, such as O, C, BE.
    codes = models.JSONField(default=list)
    # Counts the changes, for calendars (SEQUENCE).
    sequence = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = SeriesQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gte=5, minutes__lte=720), name="series_has_a_length")
        ]

    def __str__(self) -> str:
        return f"series {self.pk}"

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)


class HoldsQuerySet(models.QuerySet["Holds"]):
    def now(self, now: datetime) -> HoldsQuerySet:
        return self.filter(since_at__lte=now).filter(Q(until_at=None) | Q(until_at__gt=now))


class Holds(models.Model):
    """One person in one service position of a series, for a time. `role` is a key of the tradition's group roles."""

    series = models.ForeignKey(Series, models.CASCADE, related_name="holders")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    role = models.CharField(max_length=40)
    # Holds the frame: opens, pauses and closes. Copied from the tradition, so that asking stays one query.
    holds_frame = models.BooleanField(default=False)
    since_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    # One sentence for those who come, of whoever meets them at the door; sealed with the person's own key.
    sealed_says = models.BinaryField(null=True)

    objects = HoldsQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["series", "person", "role"], condition=Q(until_at=None), name="holds_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} of series {self.series_id}"


never(
    Never(
        name="meetings_no_staff_space",
        table="meetings_series",
        app="meetings",
        when="NEW.is_closed and exists (select 1 from people_programme p"
        " where p.id = NEW.programme_id and p.has_no_staff_space)",
        says="Here every meeting is open to everybody who belongs.",
        columns=("is_closed", "programme_id"),
    )
)
within_one_organisation("meetings_holds", of_person("person_id"), of_row("meetings_series", "series_id"))
