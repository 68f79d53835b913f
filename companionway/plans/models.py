"""What somebody wrote in a plan of their own, who may read which part of it until when, and who opened it in danger."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from companionway.foundation.models import new_public_id
from companionway.people.models import of_person, within_one_organisation


class PlanSection(models.Model):
    """One part of a person's plan of one kind (plans.kinds), sealed with their key. Theirs alone until they share it.

    Sealed facts: {"words": own words, "contacts": [{"name", "number", "reach", "safe_when"}, ...]}.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="plan_sections")
    kind = models.CharField(max_length=20)
    part = models.CharField(max_length=20)
    sealed_facts = models.BinaryField()
    written_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind", "part"], name="plan_part_once_each")]

    def __str__(self) -> str:
        return f"plan section {self.pk}"

    @property
    def place(self) -> str:
        """What the sealed words are bound to, so that moved bytes do not open."""
        return place_of(self.kind, self.part)


def place_of(kind: str, part: str) -> str:
    return f"plan:{kind}:{part}"


class PlanShareQuerySet(models.QuerySet["PlanShare"]):
    def live(self, now: datetime) -> PlanShareQuerySet:
        """Neither stopped nor run out. Whether the reader is still somebody to share with, the policy says."""
        return self.filter(stopped_at=None, began_at__lte=now, until__gt=now)


class PlanShare(models.Model):
    """A person lets one other person read one part of their plan, for a time they chose."""

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="plan_shares")
    kind = models.CharField(max_length=20)
    part = models.CharField(max_length=20)
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="plans_shared_with")
    began_at = models.DateTimeField()
    until = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)

    objects = PlanShareQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "part", "reader"],
                condition=Q(stopped_at=None),
                name="plan_share_once_at_a_time",
            ),
            models.CheckConstraint(condition=~Q(person=F("reader")), name="plan_share_two_people"),
            models.CheckConstraint(condition=Q(until__gt=F("began_at")), name="plan_share_ends"),
        ]
        indexes = [
            models.Index(fields=["reader"], condition=Q(stopped_at=None), name="plan_share_live_reader")
        ]

    def __str__(self) -> str:
        return f"plan share {self.pk}"


class PlanOverrideQuerySet(models.QuerySet["PlanOverride"]):
    def lasting(self, now: datetime) -> PlanOverrideQuerySet:
        return self.filter(opened_at__lte=now, until__gt=now)


class PlanOverride(models.Model):
    """Somebody on call opened a plan without a share, for a stated reason that its person is shown. It ends by itself.

    The reason is sealed with the keys of both: whichever of the two deletes everything, it is gone.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="plan_overrides")
    kind = models.CharField(max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="plans_overridden")
    sealed_reason = models.BinaryField()
    opened_at = models.DateTimeField()
    until = models.DateTimeField()

    objects = PlanOverrideQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(person=F("by")), name="plan_override_two_people"),
            models.CheckConstraint(condition=Q(until__gt=F("opened_at")), name="plan_override_ends"),
        ]
        indexes = [models.Index(fields=["by", "until"], name="plan_override_lasting")]

    def __str__(self) -> str:
        return f"plan override {self.pk}"


within_one_organisation("plans_planshare", of_person("person_id"), of_person("reader_id"))
within_one_organisation("plans_planoverride", of_person("person_id"), of_person("by_id"))
