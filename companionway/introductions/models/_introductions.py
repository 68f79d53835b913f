"""Two people asked whether they would like to meet, and whoever waited longer meanwhile."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from companionway.foundation.models import new_public_id
from companionway.introductions.models._requests import Request
from companionway.introductions.states import (
    INTRODUCTION_MOVES,
    Answer,
    Closing,
    Door,
    IntroductionState,
    PassingReason,
)
from companionway.people.models import of_person, of_row, within_one_organisation

REASONS = "introduction.reasons"
PASSED_OVER_WORDS = "request.passed_over"


class IntroductionQuerySet(models.QuerySet["Introduction"]):
    def live(self) -> IntroductionQuerySet:
        return self.filter(state__in=[IntroductionState.ASKED, IntroductionState.RESTING])

    def asked(self) -> IntroductionQuerySet:
        return self.filter(state=IntroductionState.ASKED)

    def held_by_the_member(self) -> IntroductionQuerySet:
        """Asks that the member made and that wait for a supporter: the ones counted against the limit."""
        return self.asked().filter(door__in=[Door.BROWSE, Door.SUGGEST])


class Introduction(models.Model):
    """One member and one supporter, each with their own answer. Neither is told who the other is until both say yes.

    `sealed_reasons` (with the member's key): reasons in words that both may read, best first.
    """

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    request = models.ForeignKey(Request, models.CASCADE, related_name="introductions")
    supporter = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="introductions")
    door = models.CharField(max_length=10, choices=Door)
    state = models.CharField(max_length=10, choices=IntroductionState, default=IntroductionState.ASKED)
    member_answer = models.CharField(max_length=10, choices=Answer, default=Answer.WAITING)
    supporter_answer = models.CharField(max_length=10, choices=Answer, default=Answer.WAITING)
    # Kept for the record and for exceptions, never shown to either of the two.
    closed_because = models.CharField(max_length=12, choices=Closing, blank=True)
    sealed_reasons = models.BinaryField(null=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    began_at = models.DateTimeField()
    # Since when somebody's answer has been waited for; asking afresh starts it again.
    waiting_since = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    objects = IntroductionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request", "supporter"],
                condition=Q(state__in=[IntroductionState.ASKED, IntroductionState.RESTING]),
                name="introductions_once_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(state=IntroductionState.MET, closed_at=None),
                name="introductions_met_one",
            ),
            models.CheckConstraint(
                condition=~Q(state=IntroductionState.MET)
                | Q(member_answer=Answer.YES, supporter_answer=Answer.YES),
                name="introductions_met_by_two_yeses",
            ),
            models.CheckConstraint(
                condition=~Q(state=IntroductionState.CLOSED) | Q(closed_at__isnull=False),
                name="introductions_closed_has_a_date",
            ),
        ]
        indexes = [models.Index(fields=["supporter", "state"], name="introductions_of_supporter")]

    def __str__(self) -> str:
        return f"introduction {self.pk}"

    def may_move(self, to: IntroductionState) -> bool:
        return to in INTRODUCTION_MOVES[IntroductionState(self.state)]

    def answer_of(self, person_id: int) -> Answer:
        """What this one of the two has said so far."""
        return Answer(self.supporter_answer if person_id == self.supporter_id else self.member_answer)

    @property
    def both_said_yes(self) -> bool:
        return self.member_answer == Answer.YES and self.supporter_answer == Answer.YES


class PassedOver(models.Model):
    """Somebody else was asked although this person waits longer: always with a reason, shown to coordinators.

    The words are sealed with the key of the person who was passed over, and belong to what they may download.
    """

    request = models.ForeignKey(Request, models.CASCADE, related_name="passed_over")
    # The introduction made instead; this row outlives it, because the reason is owed to the one who waits.
    introduction = models.ForeignKey(Introduction, models.SET_NULL, null=True, related_name="passed_over")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=12, choices=PassingReason)
    sealed_words = models.BinaryField()
    # How many people in all waited longer; this row is the one who waited longest.
    how_many = models.PositiveIntegerField(default=1)
    happened_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"passed over {self.pk}"


within_one_organisation(
    "introductions_introduction", of_person("supporter_id"), of_row("introductions_request", "request_id")
)
