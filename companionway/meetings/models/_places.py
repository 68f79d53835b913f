"""Places at one meeting that has only so many: who has one, and who waits for one. Only where it is kept who comes."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from companionway.foundation.constraints import Never, never
from companionway.meetings.models._meetings import Meeting
from companionway.people.models import Side, of_person, within_one_organisation


class Place(models.Model):
    """Somebody wants to come. Gone a day after the meeting: this says who meant to come, never who came."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="places")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    # Without one they wait, in the order in which they asked.
    is_held = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="place_once")]
        ordering = ["asked_at", "pk"]

    def __str__(self) -> str:
        return f"place {self.pk}"


_OF_MEETING = (
    " from meetings_meeting m join meetings_series s on s.id = m.series_id"
    " join people_programme p on p.id = s.programme_id where m.id = NEW.meeting_id"
)
never(
    Never(
        name="meetings_nobody_on_a_place",
        table="meetings_place",
        app="meetings",
        when=f"exists (select 1{_OF_MEETING} and not p.keeps_attendance)",
        says="In this programme nobody keeps who comes.",
    )
)
within_one_organisation(
    "meetings_place",
    of_person("person_id"),
    Side("meeting_id", f"(select p.organisation_id{_OF_MEETING})"),
)
