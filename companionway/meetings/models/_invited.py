"""Who asked for invitations by e-mail, and what was sent to them: sealed, theirs alone."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Invited(models.Model):
    """Somebody asked that what they chose comes as invitations to their own calendar. The row is the asking; it goes
    when they take it back. What was sent (names that calendars know, versions) is sealed: nobody can say to what.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", primary_key=True
    )
    sealed = models.BinaryField(null=True)

    def __str__(self) -> str:
        return f"invited {self.person_id}"
