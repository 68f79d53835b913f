"""Who is kept from whom: a block between two people, and pairs that must never be introduced."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from companionway.foundation.models import new_public_id
from companionway.people.models import of_person, of_programme, within_one_organisation
from companionway.safety.states import WishState

# The kind of key that seals why a pair is kept apart: one key for each pair.
KEEP_APART: Final = "keep_apart"


class BlockQuerySet(models.QuerySet["Block"]):
    def live(self) -> BlockQuerySet:
        return self.filter(lifted_at=None)

    def touching(self, person_id: int) -> BlockQuerySet:
        return self.filter(Q(blocker=person_id) | Q(blocked=person_id))


class Block(models.Model):
    """One person wants nothing more from another. The other is never told."""

    blocker = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="blocks_made")
    blocked = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    blocked_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    # Of the same person under another name, as two of the team recorded: never shown, or it would tell that name.
    is_extended = models.BooleanField(default=False)

    objects = BlockQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["blocker", "blocked"], condition=Q(lifted_at=None), name="block_once_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(blocker=F("blocked")), name="block_two_people"),
        ]
        indexes = [models.Index(fields=["blocked"], condition=Q(lifted_at=None), name="block_live_blocked")]

    def __str__(self) -> str:
        return f"block {self.pk}"


class KeptApartQuerySet(models.QuerySet["KeptApart"]):
    def live(self) -> KeptApartQuerySet:
        return self.filter(ended_at=None)

    def touching(self, person_id: int) -> KeptApartQuerySet:
        return self.filter(Q(one=person_id) | Q(other=person_id))


class KeptApart(models.Model):
    """Two people who must never be brought together; `one` has the smaller number, so each pair has one row.

    `asked_by` is one of the two when it was their own wish; the other must never learn of it.
    """

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    one = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    other = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    programme = models.ForeignKey("people.Programme", models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    sealed_reason = models.BinaryField(null=True)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = KeptApartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["one", "other"], condition=Q(ended_at=None), name="kept_apart_once_at_a_time"
            ),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="kept_apart_in_order"),
        ]
        indexes = [models.Index(fields=["other"], condition=Q(ended_at=None), name="kept_apart_live_other")]

    def __str__(self) -> str:
        return f"kept apart {self.pk}"


class KeepApartWish(models.Model):
    """A member's own words about somebody they must never meet here; a coordinator turns them into a pair.

    Sealed with the member's key: deleting everything destroys the words, not the pairs made from them.
    """

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="keep_apart_wishes")
    programme = models.ForeignKey("people.Programme", models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=WishState, default=WishState.WAITING)
    sealed_words = models.BinaryField()
    said_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return f"keep-apart wish {self.pk}"


within_one_organisation("safety_block", of_person("blocker_id"), of_person("blocked_id"))
within_one_organisation("safety_keptapart", of_programme(), of_person("one_id"), of_person("other_id"))
within_one_organisation("safety_keepapartwish", of_programme(), of_person("person_id"))
