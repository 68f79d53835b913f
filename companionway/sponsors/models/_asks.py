"""An offer, an ask, and the end of a beginning. Rows go as soon as they are not needed: nothing tells of it later."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from companionway.foundation.models import new_public_id
from companionway.sponsors.states import ASK_LASTS, Answer


class OfferQuerySet(models.QuerySet["Offer"]):
    def live(self, now: datetime) -> OfferQuerySet:
        return self.filter(until_at__gt=now)


class Offer(models.Model):
    """Somebody said in this group that they can be asked for a while. Taking it back takes the row away."""

    group = models.ForeignKey("groups.Group", models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    until_at = models.DateTimeField()

    objects = OfferQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "person"], name="sponsors_offer_once")]

    def __str__(self) -> str:
        return f"offer {self.pk}"


class AskQuerySet(models.QuerySet["Ask"]):
    def waiting(self, now: datetime) -> AskQuerySet:
        return self.filter(answer=Answer.ASKED, asked_at__gt=now - ASK_LASTS)


class Ask(models.Model):
    """One asks another of the same group. It goes with the yes, or when it was read."""

    group = models.ForeignKey("groups.Group", models.CASCADE, related_name="+")
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    asker = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    sponsor = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    answer = models.CharField(max_length=10, choices=Answer, default=Answer.ASKED)
    asked_at = models.DateTimeField()

    objects = AskQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["asker", "group"], name="sponsors_ask_one_at_a_time"),
            models.CheckConstraint(condition=~Q(asker=F("sponsor")), name="sponsors_ask_another"),
        ]

    def __str__(self) -> str:
        return f"ask {self.pk}"

    def waits(self, now: datetime) -> bool:
        return self.answer == Answer.ASKED and self.asked_at > now - ASK_LASTS

    def shown_as(self, now: datetime) -> Answer:
        """Whoever waits a week without an answer reads what everybody reads: not now."""
        if self.answer == Answer.ASKED and not self.waits(now):
            return Answer.NOT_NOW
        return Answer(self.answer)


class Temporary(models.Model):
    """Two who began for a while: until when, and who of them would like to go on. Gone when both do, or it ends."""

    relationship = models.OneToOneField("support.Relationship", models.CASCADE, related_name="+")
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    until_on = models.DateField()
    member_goes_on = models.BooleanField(default=False)
    supporter_goes_on = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["until_on"], name="sponsors_temporary_due")]

    def __str__(self) -> str:
        return f"temporary {self.pk}"
