"""What the whole house writes down: records, wrapped keys, and when each duty last ran."""

from __future__ import annotations

import secrets

from django.db import models


def new_public_id() -> str:
    """A name for addresses that nobody can guess or count."""
    return secrets.token_urlsafe(12)


class RecordQuerySet(models.QuerySet["Record"]):
    def waiting(self) -> RecordQuerySet:
        return self.filter(delivered_at=None, attempts__lt=20).order_by("pk")

    def about(self, person_id: int) -> RecordQuerySet:
        return self.filter(about_id=person_id)


class Record(models.Model):
    """One append-only table: the audit trail, the outbox and the source of every timeline. Ids only, never words."""

    name = models.CharField(max_length=80)
    actor_id = models.BigIntegerField(null=True)
    # The person whose affairs were read or changed, when that is somebody else than the actor.
    about_id = models.BigIntegerField(null=True, db_index=True)
    subject = models.CharField(max_length=80)
    payload = models.JSONField(default=dict)
    happened_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    objects = RecordQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["id"], condition=models.Q(delivered_at=None), name="record_waiting"),
            models.Index(fields=["subject", "id"], name="record_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.name} #{self.pk}"


class RecordBlock(models.Model):
    """A stretch of the record with a keyed digest over the stretch before and every row (see `chain`).

    When its records have been kept long enough they go; the block stays, and says that they were cleared.
    """

    position = models.PositiveBigIntegerField(unique=True)
    last_id = models.BigIntegerField()
    count = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    closed_at = models.DateTimeField()
    pruned_at = models.DateTimeField(null=True)
    pruned_seal = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"block {self.position}"


class KeptFor(models.Model):
    """How long one class of data is kept here, where the organisation chose otherwise than the default."""

    what = models.CharField(max_length=60, unique=True)
    days = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.what}: {self.days} days"


class ExportAgreement(models.Model):
    """One administrator agreed that the master key may be exported; their code is typed once, within minutes."""

    person_id = models.BigIntegerField()
    code_hash = models.CharField(max_length=64, unique=True)
    agreed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"agreement {self.pk}"


class DataKey(models.Model):
    """The key of one person or one conversation, wrapped by a master key that lives outside the database."""

    kind = models.CharField(max_length=20)
    owner_id = models.BigIntegerField()
    master_id = models.CharField(max_length=20)
    wrapped = models.BinaryField(null=True)
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "owner_id"], name="one_key_each"),
            models.CheckConstraint(
                condition=models.Q(wrapped=None) ^ models.Q(destroyed_at=None), name="destroyed_means_gone"
            ),
        ]

    def __str__(self) -> str:
        return f"key of {self.kind} {self.owner_id}"


class DutyRun(models.Model):
    """When a repeating duty is next due; the row is the lock between workers."""

    name = models.CharField(max_length=80, unique=True)
    due_at = models.DateTimeField()
    ran_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
