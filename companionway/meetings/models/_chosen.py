"""What a person asked to be reminded of: one sealed list, theirs alone."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Chosen(models.Model):
    """The series of which somebody said "remind me". No column names a series: without the person's key, nobody can
    say who chose what, and from a series there is no way to its people. When the last one is taken off, the row goes.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", primary_key=True
    )
    sealed = models.BinaryField()
    # The last day of which a reminder spoke: that something was on that day, not what.
    reminded_of = models.DateField(null=True)

    def __str__(self) -> str:
        return f"chosen by {self.person_id}"
