"""One concern, who raised it in which words, every step it climbed, who must not hear of it, and who opened it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q

from companionway.concerns.states import OVER, Stage, State, StepKind
from companionway.foundation.models import new_public_id
from companionway.people.models import Side, of_organisation, of_person, within_one_organisation

# The kind of key that seals a concern: one for each.
CONCERN: Final = "concern"
# Clocks of two machines may differ by this much without one of them having been put back.
TOLERANCE: Final = timedelta(seconds=5)


class ConcernQuerySet(models.QuerySet["Concern"]):
    def live(self) -> ConcernQuerySet:
        """Open or held: what somebody has, or should have."""
        return self.exclude(state__in=OVER)

    def climbing(self) -> ConcernQuerySet:
        return self.filter(state=State.OPEN)

    def due(self, now: datetime) -> ConcernQuerySet:
        """Its next step is due; or the clock was put back since somebody last looked."""
        return self.climbing().filter(Q(next_step_at__lte=now) | Q(seen_at__gt=now + TOLERANCE))

    def real(self) -> ConcernQuerySet:
        return self.filter(is_drill=False)


class Concern(models.Model):
    """Somebody is worried about somebody. Who and when stand here; every word is sealed with the concern's own key."""

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    organisation = models.ForeignKey("people.Organisation", models.PROTECT, related_name="+")
    # Nobody: a drill begun by the clock, or whoever raised it has left.
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # The person themself, when somebody raises it for themselves. Nobody: it was not said, or they have left.
    about = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # "message:ID", "person:ID" or nothing.
    subject = models.CharField(max_length=80, blank=True)
    is_drill = models.BooleanField(default=False)
    # About somebody of the team or a supporter: they, and whom they named, are told nothing and see nothing.
    goes_round = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=State, default=State.OPEN)
    stage = models.PositiveSmallIntegerField(choices=Stage, default=Stage.FIRST)
    # Goes up when the climb begins anew: after handing over, and each time everybody is told again.
    round = models.PositiveSmallIntegerField(default=1)
    raised_at = models.DateTimeField()
    # From here the paces are counted: the press, or the handing over.
    counts_from = models.DateTimeField()
    next_step_at = models.DateTimeField(null=True)
    # The latest moment anybody looked at the clock of this: a clock put back is seen by it.
    seen_at = models.DateTimeField()
    held_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # When somebody first had it: what a drill measures.
    first_held_at = models.DateTimeField(null=True)
    held_at = models.DateTimeField(null=True)
    # When whoever has it last did something about it, and when they were asked whether they still have it.
    alive_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    nobody_at = models.DateTimeField(null=True)
    over_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=30, blank=True)
    # Since when the person it is about may see that it exists, and what was decided.
    shown_at = models.DateTimeField(null=True)

    objects = ConcernQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=State.OPEN, next_step_at__isnull=False)
                | (~Q(state=State.OPEN) & Q(next_step_at=None)),
                name="concern_open_has_a_clock",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.HELD) | Q(held_at__isnull=False), name="concern_held_since"
            ),
            models.CheckConstraint(
                condition=Q(state__in=OVER, over_at__isnull=False) | (~Q(state__in=OVER) & Q(over_at=None)),
                name="concern_over_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(goes_round=False) | Q(shown_at=None), name="concern_round_them_is_never_shown"
            ),
        ]
        indexes = [
            models.Index(fields=["next_step_at"], condition=Q(state=State.OPEN), name="concern_climbing"),
            models.Index(fields=["organisation", "state"], name="concern_organisation_state"),
        ]

    def __str__(self) -> str:
        return f"concern {self.pk}"

    @property
    def is_over(self) -> bool:
        return self.state in OVER

    @property
    def is_own(self) -> bool:
        """Raised by somebody for themselves."""
        return self.about_id is not None and self.about_id == self.raised_by_id


class Voice(models.Model):
    """What one person said of a concern: at the press, when theirs joined it, or added afterwards. All of it sealed."""

    concern = models.ForeignKey(Concern, models.CASCADE, related_name="voices")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # The same press sent twice is one voice.
    press = models.CharField(max_length=40, unique=True)
    joined = models.BooleanField(default=False)
    # {"words", "threat"}: needs this concern's key and the person's own.
    sealed = models.BinaryField(null=True)
    # The message it is about, as it stood: attached by this person's own act, sealed with its author's key as well.
    sealed_extract = models.BinaryField(null=True)
    said_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"voice {self.pk}"


class Step(models.Model):
    """One step of one round, once for each person: what makes climbing twice do no harm."""

    concern = models.ForeignKey(Concern, models.CASCADE, related_name="steps")
    round = models.PositiveSmallIntegerField()
    stage = models.PositiveSmallIntegerField(choices=Stage)
    kind = models.CharField(max_length=12, choices=StepKind)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    due_at = models.DateTimeField()
    happened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["concern", "round", "stage", "kind", "person"], name="concern_step_once"
            )
        ]
        indexes = [models.Index(fields=["person"], name="concern_step_person")]

    def __str__(self) -> str:
        return f"step {self.pk}"


class KeptFrom(models.Model):
    """Somebody who must not hear of this concern: whom it is about, and those who would tell them."""

    concern = models.ForeignKey(Concern, models.CASCADE, related_name="kept_from")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["concern", "person"], name="concern_kept_from_once")]

    def __str__(self) -> str:
        return f"kept from {self.person_id}"


class Opened(models.Model):
    """Who opened the words of a concern that were not theirs, and when: shown to those who raised it."""

    concern = models.ForeignKey(Concern, models.CASCADE, related_name="openings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"opened {self.pk}"


_CONCERN = Side(
    "concern_id",
    "(select c.organisation_id from concerns_concern c where c.id = NEW.concern_id)",
)
within_one_organisation(
    "concerns_concern",
    of_organisation(),
    of_person("raised_by_id"),
    of_person("about_id"),
    of_person("held_by_id"),
)
for _table in ("voice", "step", "keptfrom", "opened", "task"):
    within_one_organisation(f"concerns_{_table}", _CONCERN, of_person("person_id"))
within_one_organisation("concerns_decision", _CONCERN, of_person("author_id"))
