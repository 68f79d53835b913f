"""What is written in a meeting. It passes: it goes when the meeting closes, or a day later."""

from __future__ import annotations

from django.db import models

from companionway.foundation.models import new_public_id
from companionway.gatherings.models._seats import Seat
from companionway.gatherings.states import ShareState


class ShareQuerySet(models.QuerySet["Share"]):
    def said(self) -> ShareQuerySet:
        return self.filter(state=ShareState.SAID)


class Share(models.Model):
    """Sealed with the key of the meeting, which is destroyed with it. `note` says before what may be heavy."""

    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, related_name="shares")
    seat = models.ForeignKey(Seat, models.CASCADE, related_name="shares")
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    client_id = models.CharField(max_length=40)
    # The order in which they are shown: given when it is said, not when it was written.
    number = models.PositiveIntegerField(null=True)
    sealed = models.BinaryField()
    written_at = models.DateTimeField()
    said_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=ShareState)
    # Somebody asked those who hold the frame to look at it; who did is kept nowhere.
    flagged_at = models.DateTimeField(null=True)

    objects = ShareQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seat", "client_id"], name="share_sent_once"),
            models.UniqueConstraint(fields=["meeting", "number"], name="share_numbers"),
            models.CheckConstraint(
                condition=models.Q(state=ShareState.SAID)
                ^ models.Q(number__isnull=True, said_at__isnull=True),
                name="share_said_has_a_number",
            ),
        ]
        ordering = ["number", "pk"]

    def __str__(self) -> str:
        return f"share {self.pk}"

    @property
    def context(self) -> str:
        return f"share:{self.public_id}"


class Reaction(models.Model):
    """Somebody is with the one who shared: one gentle sign, shown without a name."""

    share = models.ForeignKey(Share, models.CASCADE, related_name="reactions")
    seat = models.ForeignKey(Seat, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["share", "seat"], name="with_you_once")]

    def __str__(self) -> str:
        return f"reaction {self.pk}"
