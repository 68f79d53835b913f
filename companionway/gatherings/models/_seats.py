"""Seats: somebody is here. Who it is stands here only where the tradition keeps who came."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from companionway.foundation.models import new_public_id
from companionway.gatherings.states import Answer


class SeatQuerySet(models.QuerySet["Seat"]):
    def taken(self) -> SeatQuerySet:
        return self.filter(left_at=None)

    def in_the_round(self) -> SeatQuerySet:
        """In the order in which they came; quiet seats have no turn."""
        return self.taken().filter(is_quiet=False).order_by("pk")


class Seat(models.Model):
    """A seat in one meeting, proven by a ticket that only the browser keeps (`tickets`)."""

    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, related_name="seats")
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    token_hash = models.CharField(max_length=64, unique=True)
    # A name they chose or none, and whether it is their first time; sealed with the key of the meeting.
    sealed = models.BinaryField(null=True)
    is_quiet = models.BooleanField(default=False)
    taken_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    is_muted = models.BooleanField(default=False)
    sealed_mute = models.BinaryField(null=True)
    # The part of the script in which they had their turn, or passed.
    had_turn_in = models.PositiveSmallIntegerField(null=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")

    objects = SeatQuerySet.as_manager()

    def __str__(self) -> str:
        return f"seat {self.pk}"

    @property
    def context(self) -> str:
        return f"seat:{self.public_id}"


class Asking(models.Model):
    """Somebody who holds the frame asked one seat, privately, how they are; and the answer."""

    seat = models.ForeignKey(Seat, models.CASCADE, related_name="askings")
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=Answer, blank=True, default="")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["seat"], condition=models.Q(answered_at=None), name="asked_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"asking {self.pk}"
