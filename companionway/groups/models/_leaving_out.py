"""Somebody is left out of one group for a while: by the team with an appeal to a panel, or by the group itself."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from companionway.foundation.models import new_public_id
from companionway.groups.models._deciding import Proposal
from companionway.groups.models._groups import Group
from companionway.groups.states import MOST_DAYS_OUT, ProposalState
from companionway.people.models import SHORT_DAYS


class LeftOut(models.Model):
    """It always has an end. The others see only that somebody is not there.

    By the team: `by` decided it and `second` agreed; the reasons stand in the statement of their decision. By the
    group: `by` put it to the group, which reads no name; the reason for the person is sealed with the keys of both.
    """

    group = models.ForeignKey(Group, models.CASCADE, related_name="left_out")
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    second = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    is_by_group = models.BooleanField(default=False)
    # What the group decides or decided about it last. It goes with this: nothing of it outlives what it was about.
    proposal = models.OneToOneField(Proposal, models.SET_NULL, null=True, related_name="leaves_out")
    # The row of the same person under another name that this one goes with.
    goes_with = models.ForeignKey("self", models.CASCADE, null=True, related_name="extended")
    sealed_reason = models.BinaryField(null=True)
    days = models.PositiveSmallIntegerField()
    put_at = models.DateTimeField()
    # Empty while the group decides it for the first time.
    since_at = models.DateTimeField(null=True)
    until_at = models.DateTimeField(null=True)
    asked_again_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "person"], condition=Q(ended_at=None), name="left_out_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(days__gte=1, days__lte=MOST_DAYS_OUT), name="left_out_has_an_end"
            ),
            models.CheckConstraint(
                condition=Q(since_at=None, until_at=None)
                | Q(since_at__isnull=False, until_at__isnull=False, until_at__gt=F("since_at")),
                name="left_out_ends",
            ),
            models.CheckConstraint(
                condition=Q(is_by_group=True) | Q(days__lte=SHORT_DAYS) | Q(second__isnull=False),
                name="left_out_long_needs_two",
            ),
            models.CheckConstraint(
                condition=~Q(person=F("by"))
                & (Q(second=None) | (~Q(person=F("second")) & ~Q(by=F("second")))),
                name="left_out_never_oneself",
            ),
        ]
        indexes = [models.Index(fields=["ended_at", "until_at"], name="left_out_due")]

    def __str__(self) -> str:
        return f"left out {self.pk}"

    @property
    def place(self) -> str:
        return f"left_out:{self.public_id}"

    @property
    def is_being_decided(self) -> bool:
        return self.proposal is not None and self.proposal.state == ProposalState.OPEN
