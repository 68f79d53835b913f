"""Circles of supporters from several organisations: the one thing in the house that crosses the wall.

So nothing here may lead to anything that must not: no programme, no walk, no conversation, no file. A row knows its
circle, and a person only by the row that says under which name they sit in it.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from companionway.foundation.models import new_public_id


class Circle(models.Model):
    """A few people who think about their practice together. Its name and the way in are sealed with its own key."""

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    sealed_name = models.BinaryField()
    sealed_way_in = models.BinaryField()
    way_in_hash = models.CharField(max_length=64, unique=True)
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"circle {self.pk}"


class CirclePerson(models.Model):
    """One person in one circle, under a name they chose for it. Nothing else about them is shown there."""

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="people")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    # Sealed with the keys of the circle and of the person.
    sealed_called = models.BinaryField()
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["circle", "person"], condition=Q(left_at=None), name="supervision_circle_once"
            )
        ]

    def __str__(self) -> str:
        return f"seat {self.pk}"


class CircleWords(models.Model):
    """A question about practice, or an answer to one. Sealed with the keys of the circle and of whoever wrote it."""

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    circle = models.ForeignKey(Circle, models.CASCADE, related_name="words")
    seat = models.ForeignKey(CirclePerson, models.CASCADE, related_name="words")
    answers = models.ForeignKey("self", models.CASCADE, null=True, related_name="answered_by")
    sealed = models.BinaryField()
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return f"circle words {self.pk}"

    @property
    def context(self) -> str:
        return f"circle_words:{self.public_id}"
