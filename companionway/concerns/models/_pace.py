"""How fast a concern climbs in one organisation, and how many one person may hold."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import models
from django.db.models import F, Q

from companionway.concerns.states import Stage

# Once everybody was told: how soon everybody is told again, for as long as nobody has it.
AGAIN: Final = timedelta(minutes=10)


class Pace(models.Model):
    """Minutes after the press. An organisation without a row has the defaults."""

    organisation = models.OneToOneField("people.Organisation", models.CASCADE, related_name="+")
    nudge = models.PositiveSmallIntegerField(default=2)
    backup = models.PositiveSmallIntegerField(default=5)
    lead = models.PositiveSmallIntegerField(default=10)
    phone = models.PositiveSmallIntegerField(default=20)
    most_held = models.PositiveSmallIntegerField(default=3)
    drills = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(nudge__gte=1)
                & Q(backup__gt=F("nudge"))
                & Q(lead__gt=F("backup"))
                & Q(phone__gt=F("lead"))
                & Q(phone__lte=120)
                & Q(most_held__gte=1),
                name="concern_pace_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"pace {self.pk}"

    def after(self, stage: int) -> timedelta:
        """How long after the press this stage is due."""
        minutes = {
            Stage.NUDGE: self.nudge, Stage.BACKUP: self.backup, Stage.LEAD: self.lead, Stage.PHONE: self.phone,
        }  # fmt: skip
        return timedelta(minutes=minutes.get(Stage(stage), 0))
