"""How often talks are wanted in a programme, and where one is late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from companionway.foundation.constraints import Never, never
from companionway.people.models import of_person, of_programme, within_one_organisation
from companionway.reasoning import supervision as reasoning

if TYPE_CHECKING:
    from companionway.people.models import Programme


class Rhythm(models.Model):
    """A programme with a row here keeps supervision; without one nobody is ever late. All in days."""

    programme = models.OneToOneField("people.Programme", models.PROTECT, related_name="rhythm")
    one_to_one_days = models.PositiveSmallIntegerField(default=reasoning.USUAL.one_to_one_days)
    training_days = models.PositiveSmallIntegerField(default=reasoning.USUAL.training_days)
    group_days = models.PositiveSmallIntegerField(default=reasoning.USUAL.group_days)
    remind_after_days = models.PositiveSmallIntegerField(default=reasoning.USUAL.remind_after_days)
    tell_after_days = models.PositiveSmallIntegerField(default=reasoning.USUAL.tell_after_days)
    hold_after_days = models.PositiveSmallIntegerField(default=reasoning.USUAL.hold_after_days)
    kept_since = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(remind_after_days__gte=1)
                & Q(tell_after_days__gte=F("remind_after_days"))
                & Q(hold_after_days__gte=F("tell_after_days")),
                name="supervision_kind_before_firm",
            ),
            models.CheckConstraint(
                condition=Q(one_to_one_days__gte=1) & Q(training_days__gte=1) & Q(group_days__gte=1),
                name="supervision_some_days",
            ),
        ]

    def __str__(self) -> str:
        return f"rhythm of programme {self.programme_id}"

    @property
    def reasoned(self) -> reasoning.Rhythm:
        return reasoning.Rhythm(
            one_to_one_days=self.one_to_one_days,
            training_days=self.training_days,
            group_days=self.group_days,
            remind_after_days=self.remind_after_days,
            tell_after_days=self.tell_after_days,
            hold_after_days=self.hold_after_days,
        )


class LatenessQuerySet(models.QuerySet["Lateness"]):
    def holding(self, programme: Programme | int) -> LatenessQuerySet:
        """Who takes nobody new here for now."""
        return self.filter(programme=programme, ended_at=None).exclude(held_at=None)


class Lateness(models.Model):
    """One person whose talk is late in one programme: what was said about it when, and since when it holds.

    `ended_at` is set the moment a talk is signed, or nothing is owed any more.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    programme = models.ForeignKey("people.Programme", models.PROTECT, related_name="+")
    due_on = models.DateField()
    reminded_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    held_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = LatenessQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "programme"], condition=Q(ended_at=None), name="supervision_late_once"
            )
        ]

    def __str__(self) -> str:
        return f"lateness {self.pk}"


never(
    Never(
        name="supervision_rhythm_not_here",
        table="supervision_rhythm",
        app="supervision",
        when="not (select p.coordinator_sees from people_programme p where p.id = NEW.programme_id)",
        says="Where nothing is reported upward, nobody's supervision is counted.",
        columns=("programme_id",),
    )
)
within_one_organisation("supervision_lateness", of_person("person_id"), of_programme())
