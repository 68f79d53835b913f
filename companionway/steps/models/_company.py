"""Somebody alongside: two people agree on one time, and on the few words that are shared for it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from companionway.foundation.models import new_public_id
from companionway.steps.states import LIVE, MOVES, State

if TYPE_CHECKING:
    from companionway.people.models import Person


class CompanyQuerySet(models.QuerySet["Company"]):
    def live(self, now: datetime) -> CompanyQuerySet:
        """Neither answered with no, nor stopped, nor run out. Whether it may go on, the policy says."""
        return self.filter(state__in=LIVE, until__gt=now)


class Company(models.Model):
    """`companion` is asked to be alongside `member` once. Which step of whose ladder it is for stands only in the book.

    Sealed with the keys of both: {"words": for this, chosen by the member, "called": what holders may call them}.
    """

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    programme = models.ForeignKey("people.Programme", models.PROTECT, related_name="+")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    companion = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    # By which of the two the companion may be asked: they walk together, or the companion holds a meeting.
    relationship = models.ForeignKey("support.Relationship", models.CASCADE, null=True, related_name="+")
    hold = models.ForeignKey("meetings.Holds", models.CASCADE, null=True, related_name="+")
    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, null=True, related_name="+")
    # Those who hold the meeting see the agreed words, too.
    tells_holders = models.BooleanField(default=False)
    sealed = models.BinaryField()
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    starts_at = models.DateTimeField()
    until = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    # Another time, offered by the companion.
    other_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField()
    over_at = models.DateTimeField(null=True)

    objects = CompanyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(member=F("companion")), name="company_two_people"),
            models.CheckConstraint(condition=Q(until__gt=F("starts_at")), name="company_ends"),
            models.CheckConstraint(
                condition=Q(relationship__isnull=True) ^ Q(hold__isnull=True), name="company_one_ground"
            ),
            models.CheckConstraint(
                condition=Q(tells_holders=False) | Q(meeting__isnull=False), name="company_tells_of_a_meeting"
            ),
            models.CheckConstraint(
                condition=Q(state__in=LIVE) ^ Q(over_at__isnull=False), name="company_over_has_a_date"
            ),
            models.CheckConstraint(
                condition=Q(state=State.LATER) ^ Q(other_at__isnull=True), name="company_later_says_when"
            ),
        ]
        indexes = [models.Index(fields=["companion", "until"], name="company_of_companion")]

    def __str__(self) -> str:
        return f"company {self.pk}"

    @property
    def place(self) -> str:
        """What the sealed words are bound to, so that moved bytes do not open."""
        return f"company:{self.public_id}"

    @property
    def length(self) -> timedelta:
        return timedelta(minutes=self.minutes)

    @property
    def people_ids(self) -> tuple[int, int]:
        return self.member_id, self.companion_id

    def other_of(self, person: Person) -> Person:
        return self.companion if person.pk == self.member_id else self.member

    def is_live(self, now: datetime) -> bool:
        return self.state in LIVE and self.until > now

    def may_move(self, to: str) -> bool:
        return to in MOVES[self.state]
