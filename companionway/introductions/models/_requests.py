"""One person looking for somebody in one programme."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from companionway.foundation.models import new_public_id
from companionway.introductions.states import REQUEST_MOVES, RequestState
from companionway.people.models import of_person, of_programme, within_one_organisation

WISHES, SUGGESTIONS = "request.wishes", "request.suggestions"
"""Where each sealed field belongs: bytes moved to another field do not open."""


class RequestQuerySet(models.QuerySet["Request"]):
    def open(self) -> RequestQuerySet:
        return self.filter(state=RequestState.OPEN)

    def in_waiting_order(self) -> RequestQuerySet:
        """Longest wait first: the one order in which this service thinks of people."""
        return self.order_by("asked_at", "pk")


class Request(models.Model):
    """Somebody looks for a peer. `asked_at` is their place in the line, and it is kept through every change.

    Sealed wishes, with the member's key: {"words", "weights": {reason: 0|1|2|4}, "key_topics", "modes", "accepts"
    (genders), "hours" (blocks of the week), "languages", "stage"}; what is missing was skipped.
    """

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="requests")
    programme = models.ForeignKey("people.Programme", models.PROTECT, related_name="requests")
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.OPEN)
    asked_at = models.DateTimeField()
    # The member lets supporters of the programme read the need, without a name, and offer.
    welcomes_offers = models.BooleanField(default=False)
    # Paused by the service (account at rest, consent taken back), and lifted by it; one's own pause is one's own.
    paused_by_service = models.BooleanField(default=False)
    # Level of training somebody needs beside them (young people, forensic): set by coordinators.
    need_level = models.PositiveSmallIntegerField(default=0)
    sealed_wishes = models.BinaryField(null=True)
    # A list made for everybody together so that nobody is offered to all: {"ids": [...], "partner": id}.
    sealed_suggestions = models.BinaryField(null=True)
    suggested_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    met_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "programme"],
                condition=Q(state__in=[RequestState.OPEN, RequestState.PAUSED]),
                name="introductions_one_request_each",
            ),
            models.CheckConstraint(
                condition=~Q(state=RequestState.MET) | Q(met_at__isnull=False),
                name="introductions_met_has_a_date",
            ),
        ]
        indexes = [
            models.Index(
                fields=["programme", "asked_at"],
                condition=Q(state=RequestState.OPEN),
                name="introductions_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"request {self.pk}"

    def may_move(self, to: RequestState) -> bool:
        return to in REQUEST_MOVES[RequestState(self.state)]


class PoolVersion(models.Model):
    """Counts every change that decides who may be introduced to whom, so that a kept snapshot knows its age."""

    programme = models.OneToOneField("people.Programme", models.CASCADE, related_name="+")
    version = models.PositiveBigIntegerField(default=1)

    def __str__(self) -> str:
        return f"version {self.version} of {self.programme_id}"


within_one_organisation("introductions_request", of_person("member_id"), of_programme())
