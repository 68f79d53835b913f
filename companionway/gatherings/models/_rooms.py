"""One meeting while it happens, who came through the door of a real room, and what is handed on."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from companionway.foundation.models import new_public_id


class Counting(models.Model):
    """The group of this series agreed that heads are counted. Who said so stands nowhere: the group did."""

    series = models.OneToOneField("meetings.Series", models.CASCADE, related_name="counting")
    agreed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"counting in series {self.series_id}"


class Gathering(models.Model):
    """Where an open meeting is in its script, whose turn it is, and whether it pauses.

    `forget_at`: when what was written is destroyed, at the latest; `forgotten_at`: it was.
    """

    meeting = models.OneToOneField("meetings.Meeting", models.CASCADE, related_name="gathering")
    part = models.PositiveSmallIntegerField(default=0)
    part_began_at = models.DateTimeField()
    turn = models.ForeignKey("gatherings.Seat", models.SET_NULL, null=True, related_name="+")
    turn_began_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    sealed_pause = models.BinaryField(null=True)
    # Counts shares; only under the lock of this row.
    last_number = models.PositiveIntegerField(default=0)
    # Counts what became of words that were said: signs, words taken back, flags. A page that has all asks for none.
    changes = models.PositiveIntegerField(default=0)
    is_counted_by_hand = models.BooleanField(default=False)
    forget_at = models.DateTimeField(null=True)
    forgotten_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["forget_at"], condition=Q(forgotten_at=None), name="gathering_to_be_forgotten"
            )
        ]

    def __str__(self) -> str:
        return f"gathering of meeting {self.meeting_id}"

    @property
    def is_paused(self) -> bool:
        return self.paused_at is not None


class CheckIn(models.Model):
    """One more came through the door: with a name they chose, where that is kept; else only one more.

    `client_id` is made by the device, so that what is sent again after the network was away is one.
    """

    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, related_name="check_ins")
    client_id = models.CharField(max_length=40)
    # By the clock of the device, within the evening.
    came_at = models.DateTimeField()
    sealed = models.BinaryField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "client_id"], name="check_in_once")]
        ordering = ["came_at", "pk"]

    def __str__(self) -> str:
        return f"check-in {self.pk}"

    @property
    def context(self) -> str:
        return f"check-in:{self.client_id}"


class HandOver(models.Model):
    """What those who held an evening want the next to know, in their words. Nobody's name is asked for."""

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    series = models.ForeignKey("meetings.Series", models.CASCADE, related_name="hand_overs")
    meeting = models.OneToOneField("meetings.Meeting", models.CASCADE, related_name="hand_over")
    sealed = models.BinaryField()
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["-written_at", "-pk"]

    def __str__(self) -> str:
        return f"hand-over {self.pk}"

    @property
    def context(self) -> str:
        return f"hand-over:{self.public_id}"


class Outside(models.Model):
    """Something of these meetings was found outside (a picture of the screen, words told on). Who said so is nowhere.

    Words only where the tradition keeps notes; elsewhere only that it was said, for the group to talk about.
    """

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    series = models.ForeignKey("meetings.Series", models.CASCADE, related_name="outside")
    said_on = models.DateField()
    sealed = models.BinaryField(null=True)
    # Those who hold the meetings brought it to the group, and what was decided is the group's.
    brought_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-said_on", "-pk"]

    def __str__(self) -> str:
        return f"outside {self.pk}"

    @property
    def context(self) -> str:
        return f"outside:{self.public_id}"
