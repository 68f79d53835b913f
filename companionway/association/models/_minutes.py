"""The minutes of one members' meeting: what was decided and who was chosen, taken over once; words, in versions.

Nobody is written down as having been there: how many were is a number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from companionway.association.states import MOVES, State
from companionway.foundation.models import new_public_id

if TYPE_CHECKING:
    from companionway.people.models import Person


class Minutes(models.Model):
    """One meeting of the members. The newest signed version is what the members read."""

    group = models.ForeignKey("groups.Group", models.PROTECT, related_name="minutes")
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    held_on = models.DateField()
    begun_at = models.DateTimeField()
    # They were kept as long as the rule says: only then may what was signed go.
    cleared_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "held_on"], name="association_minutes_once_a_day")
        ]
        ordering = ["-held_on", "-pk"]

    def __str__(self) -> str:
        return f"minutes {self.pk}"

    @property
    def subject(self) -> str:
        return f"minutes:{self.pk}"


class Version(models.Model):
    """The words of the minutes. Sealed: {"opening", "reports", "other"}. Signed by two, it stays as it is."""

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    # Empty when they deleted everything.
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # How many members were there, of how many, and how many a decision needed: numbers, nobody's name.
    present = models.PositiveSmallIntegerField(null=True)
    members = models.PositiveSmallIntegerField()
    needed = models.PositiveSmallIntegerField()
    # The decision of a later meeting that approved the correction: its number in `groups`, which may go before this.
    approved_by = models.BigIntegerField(null=True)
    sealed = models.BinaryField()
    # Counts every change of a draft: whoever saw an older one does not overwrite a newer.
    edition = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["minutes", "number"], name="association_version_once"),
            models.UniqueConstraint(
                fields=["minutes"], condition=~Q(state=State.SIGNED), name="association_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(state=State.SIGNED) ^ Q(signed_at=None), name="association_signed_has_a_date"
            ),
            models.CheckConstraint(
                condition=Q(number=1) ^ Q(approved_by__isnull=False), name="association_correction_approved"
            ),
        ]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"version {self.pk}"

    @property
    def place(self) -> str:
        return f"minutes:{self.minutes_id}.{self.number}"

    @property
    def is_signed(self) -> bool:
        return self.state == State.SIGNED

    def may_move(self, to: State) -> bool:
        return to in MOVES[self.state]

    @property
    def has_quorum(self) -> bool | None:
        return None if self.present is None else self.present >= self.needed


class Decided(models.Model):
    """One decision as the members made it, taken over and not typed. Sealed: {"title", "words", "sentences"}.

    The votes are empty where too few voted to show them without telling who said what.
    """

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="decisions")
    # Its number in `groups`, where it goes after its own time; here it stays.
    proposal = models.BigIntegerField()
    passed = models.BooleanField()
    votes_yes = models.PositiveSmallIntegerField(null=True)
    votes_no = models.PositiveSmallIntegerField(null=True)
    votes_aside = models.PositiveSmallIntegerField(null=True)
    decided_at = models.DateTimeField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["minutes", "proposal"], name="association_decided_once"),
            models.CheckConstraint(
                condition=Q(votes_yes=None, votes_no=None, votes_aside=None)
                | Q(votes_yes__isnull=False, votes_no__isnull=False, votes_aside__isnull=False),
                name="association_votes_all_or_none",
            ),
        ]
        ordering = ["decided_at", "pk"]

    def __str__(self) -> str:
        return f"decision {self.pk}"

    @property
    def place(self) -> str:
        return f"decided:{self.minutes_id}.{self.proposal}"


class Chosen(models.Model):
    """Somebody was chosen for an office, from when until when. Without a name when they deleted everything."""

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="chosen")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    role = models.CharField(max_length=40)
    since_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["minutes", "person", "role"], name="association_chosen_once")
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"chosen {self.pk}"


class Signature(models.Model):
    """Who signs this version, and as what: an office, or a member whom the meeting chose to sign."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="signatures")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    role = models.CharField(max_length=40)
    signed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "person"], name="association_signs_once"),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"signature {self.pk}"

    def is_of(self, person: Person) -> bool:
        return self.person_id == person.pk
