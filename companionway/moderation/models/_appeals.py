"""An appeal in the person's own words, the panel of three that hears it, and who has said yes to panels."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from companionway.foundation.models import new_public_id
from companionway.moderation.models._decisions import Decision
from companionway.moderation.states import Finding
from companionway.people.models import of_person, of_row, within_one_organisation


class Appeal(models.Model):
    """Once for each decision. It is answered by three views or it waits: no clock closes it."""

    decision = models.OneToOneField(Decision, models.CASCADE, related_name="appeal")
    sealed_words = models.BinaryField()
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    # When those concerned were told: that nobody can be found for the panel; that the answer is late.
    missing_told_at = models.DateTimeField(null=True)
    late_told_at = models.DateTimeField(null=True)
    finding = models.CharField(max_length=10, choices=Finding, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(finding="", answered_at=None) | (~Q(finding="") & Q(answered_at__isnull=False)),
                name="appeal_answered_has_a_finding",
            )
        ]

    def __str__(self) -> str:
        return f"appeal {self.pk}"


class Seat(models.Model):
    """One of the three on a panel, and their view: readable while they, and the decision, keep their keys."""

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    decision = models.ForeignKey(Decision, models.CASCADE, related_name="seats")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    has_lived_it = models.BooleanField()
    finding = models.CharField(max_length=10, choices=Finding, blank=True)
    # From the day of the finding on, where it should end sooner.
    days = models.PositiveSmallIntegerField(null=True)
    sealed_view = models.BinaryField(null=True)
    asked_at = models.DateTimeField()
    viewed_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "person"], name="seat_once_each")]

    def __str__(self) -> str:
        return f"seat {self.pk}"


class PanelYes(models.Model):
    """Somebody would sit on panels, until they say otherwise (then the row goes)."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", primary_key=True
    )
    since_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"panel yes {self.pk}"


within_one_organisation(
    "moderation_seat", of_row("moderation_decision", "decision_id"), of_person("person_id")
)
