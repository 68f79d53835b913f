"""What was decided together, and what is due afterwards."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from companionway.concerns.models._concerns import Concern
from companionway.concerns.states import Answer, DecisionKind, TaskKind
from companionway.foundation.models import new_public_id


class Decision(models.Model):
    """Who was told, what was said, what was decided: written once, never changed. Sealed with the concern's key."""

    concern = models.ForeignKey(Concern, models.CASCADE, related_name="decisions")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=16, choices=DecisionKind)
    # {"words", "who", "when"}
    sealed = models.BinaryField()
    # Whether the person it is about reads this line, once the concern is shown to them.
    is_shown = models.BooleanField(default=True)
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=DecisionKind.NOT_YET) | Q(is_shown=False),
                name="concern_why_not_is_not_shown",
            )
        ]

    def __str__(self) -> str:
        return f"decision {self.pk}"


class Task(models.Model):
    """Something due after a concern, for a named person, with a clock."""

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    concern = models.ForeignKey(Concern, models.CASCADE, related_name="tasks")
    kind = models.CharField(max_length=8, choices=TaskKind)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # Who holds the talk afterwards; for everything else nobody.
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    due_at = models.DateTimeField()
    # When they and the leads were told that it is late.
    late_said_at = models.DateTimeField(null=True)
    offered_at = models.DateTimeField()
    answer = models.CharField(max_length=8, choices=Answer, blank=True, default=Answer.NONE)
    answered_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # What was learned, or how it went: sealed with the concern's key and that of whoever did it.
    sealed = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["concern", "kind", "person"], condition=Q(done_at=None), name="concern_task_once"
            )
        ]
        indexes = [
            models.Index(fields=["person", "kind"], condition=Q(done_at=None), name="concern_task_open")
        ]

    def __str__(self) -> str:
        return f"task {self.pk}"
