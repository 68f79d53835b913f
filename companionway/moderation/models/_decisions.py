"""What was decided about somebody's conduct, by whom, why, and until when."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from companionway.foundation.models import new_public_id
from companionway.moderation.states import TOLD, Outcome, State
from companionway.people.models import SHORT_DAYS, of_person, of_programme, of_row, within_one_organisation
from companionway.safety.states import Reason


class DecisionQuerySet(models.QuerySet["Decision"]):
    def waiting(self) -> DecisionQuerySet:
        return self.filter(state=State.WAITING)

    def told(self) -> DecisionQuerySet:
        """What the person it is about is told."""
        return self.filter(state__in=TOLD).exclude(outcome=Outcome.NOTHING)

    def keeping_away(self, message_id: int) -> DecisionQuerySet:
        """Those by which this message is away now."""
        rows = self.filter(message_id=message_id, taken_away_at__isnull=False)
        return rows.exclude(state=State.OVERTURNED)


class Decision(models.Model):
    """One decision about one person. Its words are sealed with a key of its own."""

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    programme = models.ForeignKey("people.Programme", models.PROTECT, related_name="+")
    about = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # Where it began: a report, or something that was noticed about conduct.
    report = models.ForeignKey("safety.Report", models.SET_NULL, null=True, related_name="+")
    noticed = models.ForeignKey("noticing.Noticed", models.SET_NULL, null=True, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome)
    reason = models.CharField(max_length=10, choices=Reason)
    is_everywhere = models.BooleanField(default=False)
    days = models.PositiveSmallIntegerField(null=True)
    # Where they stay away from one group: which, and what keeps them out of it (a short one while a second reads).
    group = models.ForeignKey("groups.Group", models.SET_NULL, null=True, related_name="+")
    left_out = models.ForeignKey("groups.LeftOut", models.SET_NULL, null=True, related_name="+")
    was_noticed = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    sealed_facts = models.BinaryField(null=True)
    sealed_back = models.BinaryField(null=True)
    # The message that is taken away, alone or with what else is decided; by number, it may go before this does. Its
    # words are kept here, and nowhere else, as long as the decision: its writer and a panel read them, and an appeal
    # puts them back.
    message_id = models.BigIntegerField(null=True)
    sealed_message = models.BinaryField(null=True)
    taken_away_at = models.DateTimeField(null=True)
    put_back_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    second = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    # What keeps them out: a short one while the second reads, and the one that was decided.
    meanwhile = models.ForeignKey("people.Stop", models.SET_NULL, null=True, related_name="+")
    stop = models.ForeignKey("people.Stop", models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    # When a second person agreed or handed it back; when it began to hold.
    seconded_at = models.DateTimeField(null=True)
    holds_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(second=None) | ~Q(second=F("made_by")), name="decision_two_people"
            ),
            models.CheckConstraint(
                condition=Q(about=None) | ~Q(about=F("made_by")) & (Q(second=None) | ~Q(about=F("second"))),
                name="decision_never_oneself",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=TOLD)
                | Q(second__isnull=False)
                | ~(
                    Q(outcome__in=[Outcome.EXCLUSION, Outcome.LEFT_OUT])
                    | Q(outcome=Outcome.PAUSE, days__gt=SHORT_DAYS)
                ),
                name="decision_long_needs_two",
            ),
            models.CheckConstraint(
                condition=Q(days__isnull=False) ^ ~Q(outcome__in=[Outcome.PAUSE, Outcome.LEFT_OUT]),
                name="decision_pause_has_days",
            ),
            models.CheckConstraint(
                condition=Q(group=None) | Q(outcome=Outcome.LEFT_OUT), name="decision_group_where_left_out"
            ),
            models.CheckConstraint(
                condition=(~Q(outcome=Outcome.REMOVAL) | Q(message_id__isnull=False))
                & (~Q(outcome=Outcome.NOTHING) | Q(message_id=None)),
                name="decision_removal_of_a_message",
            ),
            models.CheckConstraint(
                condition=Q(taken_away_at=None) | Q(message_id__isnull=False, state__in=TOLD),
                name="decision_takes_away_when_it_holds",
            ),
            models.CheckConstraint(
                condition=Q(put_back_at=None) | Q(taken_away_at__isnull=False, state=State.OVERTURNED),
                name="decision_puts_back_what_was_taken",
            ),
            models.UniqueConstraint(
                fields=["report", "about"], condition=~Q(state=State.BACK), name="decision_once_a_report"
            ),
        ]
        indexes = [models.Index(fields=["programme", "state"], name="decision_programme_state")]

    def __str__(self) -> str:
        return f"decision {self.pk}"


within_one_organisation(
    "moderation_decision",
    of_programme(),
    of_person("about_id"),
    of_person("made_by_id"),
    of_person("second_id"),
    of_row("groups_group", "group_id"),
)
