"""What somebody reported, to be read and answered by a person."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from companionway.foundation.models import new_public_id
from companionway.people.models import of_person, of_programme, within_one_organisation
from companionway.safety.states import Reason, ReportState


class ReportQuerySet(models.QuerySet["Report"]):
    def unanswered(self) -> ReportQuerySet:
        return self.exclude(state=ReportState.ANSWERED)


class Report(models.Model):
    """Words about a message or a person, and the answer. All of it is sealed with the report's own key."""

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    programme = models.ForeignKey("people.Programme", models.PROTECT, related_name="+")
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="reports_made"
    )
    about = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # "message:ID" or "person:ID".
    subject = models.CharField(max_length=80)
    reason = models.CharField(max_length=10, choices=Reason, blank=True)
    state = models.CharField(max_length=10, choices=ReportState, default=ReportState.OPEN)
    sealed_words = models.BinaryField(null=True)
    # The message reported, as it stood: attached by the reporter's own act.
    sealed_extract = models.BinaryField(null=True)
    sealed_answer = models.BinaryField(null=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reported_at = models.DateTimeField()
    looking_since = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answer_seen_at = models.DateTimeField(null=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reporter=None) | Q(about=None) | ~Q(reporter=F("about")),
                name="report_about_another",
            ),
            models.CheckConstraint(
                condition=Q(state=ReportState.ANSWERED, answered_at__isnull=False)
                | (~Q(state=ReportState.ANSWERED) & Q(answered_at=None)),
                name="report_answered_has_a_time",
            ),
        ]
        indexes = [models.Index(fields=["programme", "state"], name="report_programme_state")]

    def __str__(self) -> str:
        return f"report {self.pk}"


within_one_organisation("safety_report", of_programme(), of_person("reporter_id"), of_person("about_id"))
