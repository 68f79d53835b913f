"""The house meeting: what is talked about, what was decided and how, who cares for it, and the minutes.

Words of the house are sealed with its key; an item is sealed with the key of whoever wrote it as well.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from companionway.clubhouse.states import HOUSE_MEETING_MOVES, HouseMeetingState, HowDecided
from companionway.foundation.models import new_public_id

HOUSE = "house"


class HouseMeeting(models.Model):
    """One meeting of everybody who belongs. When and where it is stands in its series."""

    programme = models.ForeignKey("people.Programme", models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    on = models.DateField()
    state = models.CharField(max_length=10, choices=HouseMeetingState, default=HouseMeetingState.COMING)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    # The later meeting in which its minutes were agreed.
    agreed_in = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "on"], name="clubhouse_one_meeting_a_day"),
            models.UniqueConstraint(
                fields=["programme"],
                condition=Q(state=HouseMeetingState.OPEN),
                name="clubhouse_one_meeting_now",
            ),
            models.CheckConstraint(
                condition=Q(state=HouseMeetingState.AGREED) ^ Q(agreed_in=None), name="clubhouse_agreed_later"
            ),
        ]

    def __str__(self) -> str:
        return f"house meeting {self.pk}"

    def may_move(self, to: HouseMeetingState) -> bool:
        return to in HOUSE_MEETING_MOVES[HouseMeetingState(self.state)]


class AgendaItem(models.Model):
    """Something somebody would like the house to talk about."""

    meeting = models.ForeignKey(HouseMeeting, models.CASCADE, related_name="items")
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    sealed = models.BinaryField()
    said_at = models.DateTimeField()

    class Meta:
        ordering = ["said_at", "pk"]

    def __str__(self) -> str:
        return f"agenda item {self.pk}"

    @property
    def context(self) -> str:
        return f"agenda:{self.public_id}"


class HouseDecision(models.Model):
    """What the house decided, and how."""

    meeting = models.ForeignKey(HouseMeeting, models.CASCADE, related_name="decisions")
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    how = models.CharField(max_length=10, choices=HowDecided)
    sealed = models.BinaryField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return f"decision {self.pk}"

    @property
    def context(self) -> str:
        return f"decision:{self.public_id}"


class HouseAction(models.Model):
    """What somebody will do after a meeting. Nothing turns red when it takes longer."""

    meeting = models.ForeignKey(HouseMeeting, models.CASCADE, related_name="actions")
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    sealed = models.BinaryField()
    carer = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return f"action {self.pk}"

    @property
    def context(self) -> str:
        return f"action:{self.public_id}"


class Minutes(models.Model):
    """The minutes, version by version, until a later meeting agrees to the newest."""

    meeting = models.ForeignKey(HouseMeeting, models.CASCADE, related_name="minutes")
    number = models.PositiveSmallIntegerField()
    sealed = models.BinaryField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="clubhouse_minutes_number")]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"minutes {self.pk}"

    @property
    def context(self) -> str:
        return f"minutes:{self.meeting_id}.{self.number}"
