"""A supporter's own weeks: what was hard, what was not their role, and a place above their limits."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from companionway.foundation.models import new_public_id
from companionway.people.models import of_person, of_programme, within_one_organisation
from companionway.supervision.states import DEBRIEF_MOVES, DebriefState, Drift

# What was hard was a concern they carried: the subject is this and its number.
CONCERN = "concern:"
# Where the sealed reason belongs.
EXTRA_REASON = "supervision.extra_place"


class HardContact(models.Model):
    """Something hard in a supporter's work, and the debrief offered with it. By reference, without a word.

    `subject` is where it came from ("concern:12", "own:3"); the same one is never counted twice.
    """

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    programme = models.ForeignKey("people.Programme", models.PROTECT, related_name="+")
    relationship_id = models.BigIntegerField(null=True)
    subject = models.CharField(max_length=60)
    happened_at = models.DateTimeField()
    offered_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    debrief = models.CharField(max_length=10, choices=DebriefState, default=DebriefState.OFFERED)

    class Meta:
        ordering = ["-happened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "subject"], name="supervision_hard_once"),
        ]
        indexes = [
            models.Index(fields=["person", "happened_at"], name="supervision_hard_when"),
            models.Index(
                fields=["person"], condition=Q(debrief=DebriefState.WANTED), name="supervision_rests_after"
            ),
        ]

    def __str__(self) -> str:
        return f"hard contact {self.pk}"

    @property
    def concern_id(self) -> int | None:
        number = self.subject.removeprefix(CONCERN)
        return int(number) if self.subject.startswith(CONCERN) and number.isdigit() else None

    def may_move(self, to: DebriefState) -> bool:
        return to in DEBRIEF_MOVES[DebriefState(self.debrief)]


class DriftTick(models.Model):
    """Somebody was asked to do what is not their role: which kind, and the day. No words, and no colleague."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    programme = models.ForeignKey("people.Programme", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Drift)
    ticked_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "programme", "kind", "ticked_on"], name="supervision_drift_once_a_day"
            )
        ]
        indexes = [models.Index(fields=["programme", "ticked_on"], name="supervision_drift_when")]

    def __str__(self) -> str:
        return f"drift {self.pk}"


class OwnSigns(models.Model):
    """Somebody asked us to look for signs of tiredness, for their own eyes. No row: nobody looks."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    since_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"signs for {self.person_id}"


class OwnGains(models.Model):
    """What supporting gives back, as somebody said it once. Sealed with their own key; for nobody else.

    {"competence": 0-4, ...}; what was skipped is not there.
    """

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    said_at = models.DateTimeField()
    sealed = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["person", "said_at"], name="supervision_gains_when")]

    def __str__(self) -> str:
        return f"gains {self.pk}"

    @property
    def context(self) -> str:
        return f"gains:{self.public_id}"


class ExtraPlace(models.Model):
    """One place above a supporter's own limits for a while, by a coordinator, with a reason both see.

    The supporter still says yes or no to whoever is introduced. The reason is sealed with the supporter's key.
    """

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    programme = models.ForeignKey("people.Programme", models.PROTECT, related_name="+")
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    sealed_reason = models.BinaryField()
    given_at = models.DateTimeField()
    until_on = models.DateField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "programme"], condition=Q(ended_at=None), name="supervision_one_extra_place"
            )
        ]

    def __str__(self) -> str:
        return f"extra place {self.pk}"


within_one_organisation("supervision_hardcontact", of_person("person_id"), of_programme())
within_one_organisation("supervision_drifttick", of_person("person_id"), of_programme())
within_one_organisation(
    "supervision_extraplace", of_person("person_id"), of_programme(), of_person("given_by_id")
)
