"""Records kept apart: what was told, what was decided, who read it. Nothing here is ever changed, only added to.

Every row stands as it was written: triggers refuse UPDATE, and DELETE until the record's own key was destroyed. How a
record stands (open, closed, kept longer) is read from its newest entries.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery

from companionway.foundation.constraints import Unchanging, unchanging
from companionway.foundation.models import new_public_id
from companionway.people.models import (
    of_organisation,
    of_person,
    of_programme,
    of_row,
    within_one_organisation,
)
from companionway.safeguarding.states import EntryKind, Part, RecordState

# The kind of key that seals a record: one for each, shared with nothing else in the house.
SAFEGUARDING: Final = "safeguarding"
CLOSING: Final = (EntryKind.CLOSED, EntryKind.REOPENED)
HOLDING: Final = (EntryKind.HELD, EntryKind.LET_GO)


class RecordQuerySet(models.QuerySet["SafeguardingRecord"]):
    def standing(self) -> RecordQuerySet:
        """With how each stands: the kind and time of the newest entry that opened, closed, held or let go."""
        closing = Entry.objects.filter(record=OuterRef("pk"), kind__in=CLOSING).order_by("-number")
        holding = Entry.objects.filter(record=OuterRef("pk"), kind__in=HOLDING).order_by("-number")
        return self.annotate(
            closing=Subquery(closing.values("kind")[:1]),
            closed_at=Subquery(closing.values("written_at")[:1]),
            holding=Subquery(holding.values("kind")[:1]),
        )

    def closed(self) -> RecordQuerySet:
        return self.standing().filter(Q(closing=EntryKind.CLOSED))

    def held(self) -> RecordQuerySet:
        return self.standing().filter(Q(holding=EntryKind.HELD))

    def closed_before(self, moment: datetime) -> RecordQuerySet:
        return self.closed().filter(Q(closed_at__lt=moment))

    def unread(self) -> RecordQuerySet:
        """Opened by nobody yet, and written by somebody who cannot act on it."""
        read = Reading.objects.filter(record=OuterRef("pk"))
        worked_on = Entry.objects.filter(record=OuterRef("pk")).exclude(author=OuterRef("author"))
        return self.filter(~models.Exists(read), ~models.Exists(worked_on))


class SafeguardingRecord(models.Model):
    """The cover of a record. What was told is in its entries, sealed with the record's own key."""

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    programme = models.ForeignKey("people.Programme", models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    is_immediate = models.BooleanField()
    # "concern:<public id>" when it began with one; a name for addresses, nothing of it is shared.
    concern = models.CharField(max_length=40, blank=True)
    written_at = models.DateTimeField()

    objects = RecordQuerySet.as_manager()

    def __str__(self) -> str:
        return f"record apart {self.pk}"

    @property
    def state(self) -> RecordState:
        """Only of a record that was asked for with `standing()`."""
        is_closed = getattr(self, "closing", None) == EntryKind.CLOSED
        return RecordState.CLOSED if is_closed else RecordState.OPEN

    @property
    def is_held(self) -> bool:
        return getattr(self, "holding", None) == EntryKind.HELD


class Entry(models.Model):
    """One thing written into a record, in order: facts, additions, decisions, answers."""

    record = models.ForeignKey(SafeguardingRecord, models.CASCADE, related_name="entries")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=EntryKind)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    written_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "number"], name="apart_entry_in_order")]

    def __str__(self) -> str:
        return f"entry {self.number} of record apart {self.record_id}"


class Concerned(models.Model):
    """Somebody here whom a record is about, or who is too close to it: they never see it."""

    record = models.ForeignKey(SafeguardingRecord, models.CASCADE, related_name="concerned")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    part = models.CharField(max_length=10, choices=Part)
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    named_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "person", "part"], name="apart_concerned_once")
        ]

    def __str__(self) -> str:
        return f"somebody of record apart {self.record_id}"


class Reading(models.Model):
    """A lead opened what somebody else wrote, with a reason; it stays open to them for a while."""

    record = models.ForeignKey(SafeguardingRecord, models.CASCADE, related_name="readings")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason_key = models.CharField(max_length=20)
    sealed_words = models.BinaryField(null=True)
    read_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"reading of record apart {self.record_id}"


class HandedOut(models.Model):
    """A record put on paper for an authority: the text as it was, and its digest."""

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    record = models.ForeignKey(SafeguardingRecord, models.CASCADE, related_name="handed_out")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    digest = models.CharField(max_length=64)
    handed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"paper of record apart {self.record_id}"


class Arrangement(models.Model):
    """Which countries' duties hold for an organisation, and whom to turn to outside it."""

    organisation = models.OneToOneField("people.Organisation", models.PROTECT, related_name="+")
    countries = models.JSONField(default=list)
    outside_name = models.CharField(max_length=120, blank=True)
    outside_reach = models.CharField(max_length=200, blank=True)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"arrangement of organisation {self.organisation_id}"


class DutyCheck(models.Model):
    """A lead compared one duty of our list with the law, on a day."""

    organisation = models.ForeignKey("people.Organisation", models.PROTECT, related_name="+")
    country = models.CharField(max_length=8)
    key = models.CharField(max_length=60)
    # Of the words that were checked: when ours change, the check no longer counts.
    digest = models.CharField(max_length=64)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    checked_on = models.DateField()

    def __str__(self) -> str:
        return f"check of {self.country} {self.key}"


_RECORD = "safeguarding_safeguardingrecord"
_GONE = (
    "exists (select 1 from foundation_datakey k where k.kind = '{kind}' and k.owner_id = OLD.{column}"
    " and k.wrapped is null)"
)


def _stands(table: str, column: str = "record_id") -> None:
    unchanging(
        Unchanging(
            name=f"{table}_stands",
            table=table,
            goes_when=_GONE.format(kind=SAFEGUARDING, column=column),
            app="safeguarding",
            says="What was written here stands as it was written.",
        )
    )


_stands(_RECORD, "id")
for _table in ("entry", "concerned", "reading", "handedout"):
    _stands(f"safeguarding_{_table}")

within_one_organisation(_RECORD, of_programme(), of_person("author_id"))
within_one_organisation("safeguarding_entry", of_row(_RECORD, "record_id"), of_person("author_id"))
within_one_organisation(
    "safeguarding_concerned",
    of_row(_RECORD, "record_id"),
    of_person("person_id"),
    of_person("named_by_id"),
)
within_one_organisation("safeguarding_reading", of_row(_RECORD, "record_id"), of_person("reader_id"))
within_one_organisation("safeguarding_handedout", of_row(_RECORD, "record_id"), of_person("by_id"))
within_one_organisation("safeguarding_dutycheck", of_organisation(), of_person("checked_by_id"))
