"""One person under two names, as two people of the team have recorded; and which cues a supervisor was told of."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from companionway.foundation.models import new_public_id
from companionway.people.models import of_person, of_row, within_one_organisation


class SamePerson(models.Model):
    """`one` has the smaller number. It counts from the second yes on, until it is ended."""

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    one = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    other = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="same_person_in_order"),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("recorded_by")),
                name="same_person_two_people",
            ),
            models.UniqueConstraint(
                fields=["one", "other"], condition=Q(ended_at=None), name="same_person_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"same person {self.pk}"


class CueTold(models.Model):
    """A supervisor was told, once, that something in a conversation of somebody they hold was marked. No words."""

    noticed = models.ForeignKey("noticing.Noticed", models.CASCADE, related_name="+")
    supervision = models.ForeignKey("supervision.Supervision", models.CASCADE, related_name="+")
    told_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["noticed", "supervision"], name="cue_told_once")]

    def __str__(self) -> str:
        return f"cue {self.pk}"


within_one_organisation(
    "moderation_sameperson",
    of_person("one_id"),
    of_person("other_id"),
    of_person("recorded_by_id"),
    of_person("confirmed_by_id"),
)
within_one_organisation(
    "moderation_cuetold",
    of_row("noticing_noticed", "noticed_id"),
    of_row("supervision_supervision", "supervision_id"),
)
