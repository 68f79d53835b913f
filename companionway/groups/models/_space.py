"""The group's own space between meetings: what stands at its head, who pauses in it, and a private word asked for."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from companionway.foundation.models import new_public_id
from companionway.groups.models._groups import Group
from companionway.groups.states import MOST_PAUSE_DAYS


class Pin(models.Model):
    """Words at the head of the space. `pinned_by` is empty where the group decided it. Sealed: {"words"}."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="pins")
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    pinned_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    sealed = models.BinaryField()
    pinned_at = models.DateTimeField()

    class Meta:
        ordering = ["-pinned_at", "-pk"]

    def __str__(self) -> str:
        return f"pin {self.pk}"

    @property
    def place(self) -> str:
        return f"pin:{self.public_id}"

    @property
    def still_of(self) -> int | None:
        """Whose words it is; nobody's where the group decided it."""
        return self.pinned_by_id


class SpacePause(models.Model):
    """Somebody reads the space and does not write in it, for some days, for a reason that they read.

    Sealed with the keys of both: whichever of the two deletes everything, the reason is gone.
    """

    group = models.ForeignKey(Group, models.CASCADE, related_name="pauses")
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    by = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    sealed_reason = models.BinaryField()
    days = models.PositiveSmallIntegerField()
    since_at = models.DateTimeField()
    until_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "person"], condition=Q(ended_at=None), name="space_pause_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(days__gte=1, days__lte=MOST_PAUSE_DAYS), name="space_pause_is_short"
            ),
            models.CheckConstraint(condition=Q(until_at__gt=F("since_at")), name="space_pause_ends"),
            models.CheckConstraint(condition=~Q(person=F("by")), name="space_pause_by_another"),
        ]

    def __str__(self) -> str:
        return f"pause {self.pk}"

    @property
    def place(self) -> str:
        return f"space_pause:{self.public_id}"


class TalkWish(models.Model):
    """Somebody asks one of those who hold the group for a private word, because of something between two of it.

    Only the two read it. It goes when they have talked. Sealed with the keys of both.
    """

    group = models.ForeignKey(Group, models.CASCADE, related_name="talk_wishes")
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    to = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    sealed = models.BinaryField()
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "person", "to"], name="talk_wish_once"),
            models.CheckConstraint(condition=~Q(person=F("to")), name="talk_wish_to_another"),
        ]

    def __str__(self) -> str:
        return f"wish for a talk {self.pk}"

    @property
    def place(self) -> str:
        return f"talk_wish:{self.public_id}"
