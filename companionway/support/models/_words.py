"""What the two write together: their agreement, their shared note, a letter each."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from companionway.foundation.constraints import Never, never
from companionway.foundation.models import new_public_id
from companionway.people.models import of_person, of_row, within_one_organisation
from companionway.support.models._relationships import Relationship

_KEEPS = (
    "(select p.{column} from people_programme p join support_relationship r on r.programme_id = p.id"
    " where r.id = {relationship})"
)


class Agreement(models.Model):
    """One version of what the two agreed. It holds when both have said yes; the version before then rests.

    Sealed with the relationship's key: {prompt key: words}.
    """

    relationship = models.ForeignKey(Relationship, models.CASCADE, related_name="agreements")
    number = models.PositiveSmallIntegerField()
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    drafted_at = models.DateTimeField()
    member_yes_at = models.DateTimeField(null=True)
    supporter_yes_at = models.DateTimeField(null=True)
    set_aside_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["relationship", "number"], name="support_agreement_number"),
            models.UniqueConstraint(
                fields=["relationship"],
                condition=Q(set_aside_at=None) & (Q(member_yes_at=None) | Q(supporter_yes_at=None)),
                name="support_one_open_draft",
            ),
        ]
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"agreement {self.pk}"

    @property
    def holds(self) -> bool:
        return self.member_yes_at is not None and self.supporter_yes_at is not None

    @property
    def holds_since(self) -> datetime | None:
        """When the second of the two said yes."""
        if self.member_yes_at is None or self.supporter_yes_at is None:
            return None
        return max(self.member_yes_at, self.supporter_yes_at)

    @property
    def is_open_draft(self) -> bool:
        return not self.holds and self.set_aside_at is None

    @property
    def context(self) -> str:
        return f"agreement:{self.number}"


class SharedNote(models.Model):
    """One page of the note both people write and read. There is no other file about either of them."""

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    relationship = models.ForeignKey(Relationship, models.CASCADE, related_name="notes")
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()

    class Meta:
        ordering = ["-begun_at", "-pk"]

    def __str__(self) -> str:
        return f"note {self.pk}"


class NoteVoice(models.Model):
    """What one of the two wrote on a page, version by version. Sealed with the writer's own key."""

    note = models.ForeignKey(SharedNote, models.CASCADE, related_name="voices")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    sealed = models.BinaryField()
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["note", "author", "number"], name="support_voice_number")
        ]
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return f"voice {self.pk}"

    @property
    def context(self) -> str:
        """What the sealed words are bound to: the page. Versions may be read in any order."""
        return f"note:{self.note_id}"


class NoteLook(models.Model):
    """Somebody on the staff opened the shared note, for a reason that both people are shown."""

    relationship = models.ForeignKey(Relationship, models.CASCADE, related_name="looks")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason_key = models.CharField(max_length=20)
    sealed_words = models.BinaryField()
    looked_at = models.DateTimeField()

    class Meta:
        ordering = ["-looked_at", "-pk"]

    def __str__(self) -> str:
        return f"look {self.pk}"


class Goodbye(models.Model):
    """A letter of one to the other, sealed with its writer's key. Until delivered, only the writer reads it."""

    relationship = models.ForeignKey(Relationship, models.CASCADE, related_name="goodbyes")
    writer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    version = models.PositiveSmallIntegerField(default=1)
    written_at = models.DateTimeField()
    # The writer has finished it: it may be given when both letters are ready, or at the planned end.
    ready_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["relationship", "writer"], name="support_one_letter_each"),
            models.CheckConstraint(
                condition=Q(delivered_at=None) | Q(ready_at__isnull=False), name="support_ready_before_given"
            ),
        ]

    def __str__(self) -> str:
        return f"goodbye {self.pk}"

    @property
    def context(self) -> str:
        return f"goodbye:{self.relationship_id}"


class CheckIn(models.Model):
    """Each is asked once, alone: go on, change, stop. The answer is sealed with their key, or never kept."""

    relationship = models.ForeignKey(Relationship, models.CASCADE, related_name="check_ins")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    sealed_answer = models.BinaryField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["relationship", "person"], name="support_asked_once")]

    def __str__(self) -> str:
        return f"check-in {self.pk}"


def _never_without(
    column: str, table: str, *, says: str, relationship: str = "NEW.relationship_id", also: str = ""
) -> None:
    keeps = _KEEPS.format(column=column, relationship=relationship)
    never(Never(name=f"{table}_never", table=table, app="support", when=f"{also}not {keeps}", says=says))


_NO_NOTES = "This programme never keeps notes."
_never_without("keeps_agreements", "support_agreement", says="This programme never keeps written agreements.")
_never_without("keeps_notes", "support_sharednote", says=_NO_NOTES)
_never_without("keeps_notes", "support_notelook", says=_NO_NOTES)
_never_without(
    "keeps_notes",
    "support_notevoice",
    relationship="(select n.relationship_id from support_sharednote n where n.id = NEW.note_id)",
    says=_NO_NOTES,
)
_never_without(
    "keeps_outcomes",
    "support_checkin",
    also="NEW.sealed_answer is not null and ",
    says="This programme never keeps how it went.",
)


for _table, _whose in {
    "support_agreement": "drafted_by_id",
    "support_sharednote": "begun_by_id",
    "support_notelook": "reader_id",
    "support_goodbye": "writer_id",
    "support_checkin": "person_id",
}.items():
    within_one_organisation(_table, of_person(_whose), of_row("support_relationship", "relationship_id"))
