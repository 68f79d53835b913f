"""Single meetings of a series, and what was changed about them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q

from companionway.foundation.models import new_public_id
from companionway.meetings.models._series import Series
from companionway.meetings.states import ChangeKind, MeetingState, Way


class Change(models.Model):
    """One meeting that is otherwise than its series says. Cancelled ones stay, so that calendars learn of it."""

    series = models.ForeignKey(Series, models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=10, choices=ChangeKind)
    # Local start by the rule (RECURRENCE-ID); for an extra meeting its own start.
    original = models.DateTimeField()
    # Where it went to.
    starts_at = models.DateTimeField(null=True)
    minutes = models.PositiveSmallIntegerField(null=True)
    place_name = models.CharField(max_length=120, blank=True, default="")
    place_address = models.CharField(max_length=300, blank=True, default="")
    link = models.CharField(max_length=300, blank=True, default="")
    # What to do instead, for everybody who would have come.
    instead = models.CharField(max_length=300, blank=True, default="")
    # Not by the rule: it has no other time to go back to.
    is_extra = models.BooleanField(default=False)
    # Nobody could hold it: when somebody is found after all, it is on again.
    wants_holder = models.BooleanField(default=False)
    sequence = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "original"], name="change_once"),
            models.CheckConstraint(
                condition=Q(kind=ChangeKind.CANCELLED) | Q(starts_at__isnull=False),
                name="change_goes_somewhere",
            ),
        ]

    def __str__(self) -> str:
        return f"change of series {self.series_id}"


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def ahead(self, now: datetime) -> MeetingQuerySet:
        return self.filter(ends_at__gt=now).exclude(state=MeetingState.CLOSED)


class Meeting(models.Model):
    """One meeting, written down some weeks ahead. Nothing here says who came."""

    series = models.ForeignKey(Series, models.CASCADE, related_name="meetings")
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    # Start by the rule, as an instant (UTC): what a calendar calls it by.
    original = models.DateTimeField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=MeetingState, default=MeetingState.PLANNED)
    way = models.CharField(max_length=10, choices=Way)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    # Only where the tradition counts heads and the group agreed (a constraint of `gatherings`).
    head_count = models.PositiveSmallIntegerField(null=True)
    # How often people were asked whether they could hold it (`states.ASKED_BEFORE`), so that nobody is asked twice.
    cover_asked = models.PositiveSmallIntegerField(default=0)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "original"], name="meeting_once"),
            models.CheckConstraint(condition=Q(ends_at__gt=models.F("starts_at")), name="meeting_ends"),
        ]
        indexes = [models.Index(fields=["starts_at"], name="meeting_by_start")]

    def __str__(self) -> str:
        return f"meeting {self.pk}"

    @property
    def length(self) -> timedelta:
        return self.ends_at - self.starts_at
