"""Who said "I am here today": seen by themselves only."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Here(models.Model):
    """Somebody said that they are here today. There is no row for not being here."""

    programme = models.ForeignKey("people.Programme", models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    day = models.DateField()
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "person", "day"], name="clubhouse_here_once")
        ]

    def __str__(self) -> str:
        return f"here {self.pk}"
