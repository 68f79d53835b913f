"""Somebody is asked to hold one meeting in somebody's place, or because too few hold it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from companionway.foundation.models import new_public_id
from companionway.meetings.models._meetings import Meeting
from companionway.meetings.models._series import Holds
from companionway.meetings.states import MeetingState
from companionway.people.models import Side, of_person, within_one_organisation


class CoverQuerySet(models.QuerySet["Cover"]):
    def open(self) -> CoverQuerySet:
        return self.filter(taken_by=None, meeting__state=MeetingState.PLANNED)


class Cover(models.Model):
    """One place that is missing at one meeting. Gone a day after it: nobody needs to know later who stood in."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="covers")
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    # Whose place it is; empty where a place was never filled.
    instead_of = models.ForeignKey(Holds, models.CASCADE, null=True, related_name="covers")
    asked_at = models.DateTimeField()
    taken_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)

    objects = CoverQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "instead_of"], condition=Q(instead_of__isnull=False), name="cover_once"
            ),
            models.UniqueConstraint(
                fields=["meeting", "taken_by"],
                condition=Q(taken_by__isnull=False),
                name="cover_one_place_each",
            ),
        ]
        ordering = ["asked_at", "pk"]

    def __str__(self) -> str:
        return f"cover {self.pk}"


_MEETING = (
    "(select p.organisation_id from meetings_meeting m join meetings_series s on s.id = m.series_id"
    " join people_programme p on p.id = s.programme_id where m.id = NEW.meeting_id)"
)
_HOLDS = (
    "(select p.organisation_id from meetings_holds h join meetings_series s on s.id = h.series_id"
    " join people_programme p on p.id = s.programme_id where h.id = NEW.instead_of_id)"
)
within_one_organisation(
    "meetings_cover", of_person("taken_by_id"), Side("meeting_id", _MEETING), Side("instead_of_id", _HOLDS)
)
