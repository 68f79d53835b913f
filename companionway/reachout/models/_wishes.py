"""Who would like to be asked after when they are away, by whom and how; and who is missed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from companionway.foundation.models import new_public_id
from companionway.reachout.states import Reached, ReachWay

FEWEST_DAYS, MOST_DAYS = 2, 365


class ReachWishQuerySet(models.QuerySet["ReachWish"]):
    def live(self) -> ReachWishQuerySet:
        return self.filter(stopped_at=None)


class ReachWish(models.Model):
    """If I am away for so many days, somebody may ask after me, in this way. Chosen by the person themselves."""

    programme = models.ForeignKey("people.Programme", models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    days = models.PositiveSmallIntegerField()
    way = models.CharField(max_length=10, choices=ReachWay)
    # Whoever made this unit theirs may ask after them.
    unit = models.ForeignKey("clubhouse.Unit", models.SET_NULL, null=True, related_name="+")
    # Without this, the days on which they were here are never asked.
    counts_days_here = models.BooleanField(default=False)
    # Number or address, and what they would like to be said: sealed with their key.
    sealed = models.BinaryField(null=True)
    # When they are missed next: the last sign of them, and the days they chose.
    due_at = models.DateTimeField()
    chosen_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)

    objects = ReachWishQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "person"], condition=Q(stopped_at=None), name="reachout_one_wish"
            ),
            models.CheckConstraint(
                condition=Q(days__gte=FEWEST_DAYS, days__lte=MOST_DAYS), name="reachout_wish_days"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(stopped_at=None), name="reachout_wish_due"),
        ]

    def __str__(self) -> str:
        return f"wish {self.pk}"

    @property
    def context(self) -> str:
        return f"reach:{self.public_id}"


class ReachBy(models.Model):
    """Whom the person named."""

    wish = models.ForeignKey(ReachWish, models.CASCADE, related_name="named")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["wish", "person"], name="reachout_named_once")]

    def __str__(self) -> str:
        return f"named for wish {self.wish_id}"


class MissedQuerySet(models.QuerySet["Missed"]):
    def open(self) -> MissedQuerySet:
        return self.filter(result="")


class Missed(models.Model):
    """Somebody is missed, and asked to be. One person takes it; what comes of it is one of three words."""

    wish = models.ForeignKey(ReachWish, models.CASCADE, related_name="missed")
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    since_at = models.DateTimeField()
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=12, choices=Reached, blank=True, default="")
    answered_at = models.DateTimeField(null=True)

    objects = MissedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["wish"], condition=Q(result=""), name="reachout_missed_once"),
            models.CheckConstraint(
                condition=Q(result="") | Q(answered_at__isnull=False), name="reachout_missed_answered"
            ),
        ]

    def __str__(self) -> str:
        return f"missed {self.pk}"
