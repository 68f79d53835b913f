"""Records about a member, written together and signed by both, or gone. There is no other file about anybody.

Source: Clubhouse International, Standard 5 (domain.md 1.2): members take part in writing every record, both sign.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from companionway.foundation.models import new_public_id
from companionway.jointrecords.states import RECORD_MOVES, RecordKind, RecordState

if TYPE_CHECKING:
    from companionway.people.models import Person


class JointRecord(models.Model):
    """One record: whose it is, with whom it is written, and the version each of them signed."""

    programme = models.ForeignKey("people.Programme", models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    other = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=RecordKind)
    state = models.CharField(max_length=10, choices=RecordState, default=RecordState.ASKED)
    # The newest version; 0: nothing was written yet.
    version = models.PositiveSmallIntegerField(default=0)
    member_signed = models.PositiveSmallIntegerField(null=True)
    other_signed = models.PositiveSmallIntegerField(null=True)
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)
    # One of the two deletes everything: only then may what was signed go.
    cleared_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(member=F("other")), name="jointrecords_of_two"),
            models.CheckConstraint(
                condition=(Q(member_signed=None) | Q(member_signed=F("version")))
                & (Q(other_signed=None) | Q(other_signed=F("version"))),
                name="jointrecords_signed_is_newest",
            ),
            models.CheckConstraint(
                condition=~Q(state=RecordState.SIGNED)
                | Q(version__gte=1, member_signed=F("version"), other_signed=F("version"))
                & Q(member_signed__isnull=False, other_signed__isnull=False, signed_at__isnull=False),
                name="jointrecords_signed_by_both",
            ),
            models.CheckConstraint(
                condition=~Q(state=RecordState.ASKED) | Q(version=0), name="jointrecords_asked_has_no_words"
            ),
        ]
        indexes = [models.Index(fields=["state", "changed_at"], name="jointrecords_drafts")]

    def __str__(self) -> str:
        return f"record {self.pk}"

    @property
    def is_signed(self) -> bool:
        return self.state == RecordState.SIGNED

    @property
    def subject(self) -> str:
        return f"joint_record:{self.pk}"

    def other_of(self, person: Person) -> Person:
        return self.other if person.pk == self.member_id else self.member

    def includes(self, person: Person) -> bool:
        return person.pk in (self.member_id, self.other_id)

    def signed_by(self, person: Person) -> bool:
        return (self.member_signed if person.pk == self.member_id else self.other_signed) is not None

    def may_move(self, to: RecordState) -> bool:
        return to in RECORD_MOVES[RecordState(self.state)]


class RecordVersion(models.Model):
    """The words as one of the two wrote them, sealed with the keys of both."""

    record = models.ForeignKey(JointRecord, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "number"], name="jointrecords_version_number")
        ]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"version {self.pk}"

    @property
    def context(self) -> str:
        return f"joint_record:{self.record_id}.{self.number}"


class RecordLook(models.Model):
    """The other of the two opened a record. The member is shown each time."""

    record = models.ForeignKey(JointRecord, models.CASCADE, related_name="looks")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    looked_at = models.DateTimeField()

    class Meta:
        ordering = ["-looked_at", "-pk"]

    def __str__(self) -> str:
        return f"look {self.pk}"
