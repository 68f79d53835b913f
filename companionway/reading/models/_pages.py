"""One page of a shared note on its way to a practice supervisor; who opened it when; and what was written to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from companionway.foundation.models import new_public_id
from companionway.reading.states import BOTH_SAID_YES, MOVES, NOT_SIGNED, ReadingState

if TYPE_CHECKING:
    from companionway.people.models import Person


class PageReadingQuerySet(models.QuerySet["PageReading"]):
    def standing(self) -> PageReadingQuerySet:
        """Not taken back: at most one for each page."""
        return self.exclude(state=ReadingState.CLOSED)

    def not_signed(self) -> PageReadingQuerySet:
        return self.filter(state__in=NOT_SIGNED)


class PageReading(models.Model):
    """The two asked one person to read one page, in the versions of both voices that they said yes to."""

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    note = models.ForeignKey("support.SharedNote", models.CASCADE, related_name="readings")
    supervision = models.ForeignKey("supervision.Supervision", models.PROTECT, related_name="readings")
    state = models.CharField(max_length=10, choices=ReadingState, default=ReadingState.ASKED)
    # Counts every change of what is agreed to; the next three fields are that version.
    version = models.PositiveSmallIntegerField(default=1)
    member_number = models.PositiveSmallIntegerField()
    supporter_number = models.PositiveSmallIntegerField()
    fixed_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    member_yes_at = models.DateTimeField(null=True)
    supporter_yes_at = models.DateTimeField(null=True)
    # When the second yes came: the queue is in this order.
    waits_since = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True)

    objects = PageReadingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["note"], condition=~Q(state=ReadingState.CLOSED), name="reading_one_each_page"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=BOTH_SAID_YES)
                | Q(
                    member_yes_at__isnull=False,
                    supporter_yes_at__isnull=False,
                    waits_since__isnull=False,
                ),
                name="reading_both_said_yes",
            ),
            models.CheckConstraint(
                condition=Q(state=ReadingState.SIGNED) ^ Q(signed_at=None), name="reading_signed_has_a_date"
            ),
        ]
        indexes = [models.Index(fields=["supervision", "state"], name="reading_queue")]

    def __str__(self) -> str:
        return f"page reading {self.pk}"

    @property
    def is_signed(self) -> bool:
        return self.state == ReadingState.SIGNED

    @property
    def numbers(self) -> tuple[int, int]:
        """The versions of the member's and the supporter's words that are agreed to; 0 is nothing yet."""
        return self.member_number, self.supporter_number

    def may_move(self, to: ReadingState) -> bool:
        return to in MOVES[ReadingState(self.state)]

    def yes_of(self, person: Person) -> bool:
        """Whether this one of the two said yes to the version that stands."""
        is_member = person.pk == self.note.relationship.member_id
        return (self.member_yes_at if is_member else self.supporter_yes_at) is not None


class Opening(models.Model):
    """The practice supervisor opened a page, in this version. Both people are shown it."""

    reading = models.ForeignKey(PageReading, models.CASCADE, related_name="openings")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField()

    class Meta:
        ordering = ["opened_at", "pk"]

    def __str__(self) -> str:
        return f"opening {self.pk}"


class Remark(models.Model):
    """What the practice supervisor wrote to a page, about practice. Both people read it.

    Sealed with the key of the two and of its writer: whoever of the three deletes everything takes the words along.
    `sealed` is empty where a signature came without words, or one of them deleted everything.
    """

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    reading = models.ForeignKey(PageReading, models.CASCADE, related_name="remarks")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    asks_for_change = models.BooleanField()
    sealed = models.BinaryField(null=True)
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reading", "version"], name="reading_one_remark_each_version")
        ]
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return f"remark {self.pk}"

    @property
    def context(self) -> str:
        return f"remark:{self.public_id}"
