"""A group, when it meets, and (only where its tradition keeps such a list) who belongs to it and who waits."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from companionway.foundation.models import new_public_id
from companionway.groups.states import WITH_A_LIST, Kind


class GroupQuerySet(models.QuerySet["Group"]):
    def going_on(self, now: datetime) -> GroupQuerySet:
        return self.filter(Q(ended_at=None) | Q(ended_at__gt=now))


class Group(models.Model):
    """People who meet. Its name and what it says of itself are an offer, and open; all else it writes is sealed."""

    programme = models.ForeignKey("people.Programme", models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    name = models.CharField(max_length=120)
    about = models.TextField(blank=True, default="")
    kind = models.CharField(max_length=10, choices=Kind)
    # A key of the tradition's levels, such as that of a charter; empty where it has none.
    level = models.CharField(max_length=40, blank=True, default="")
    age_band = models.CharField(max_length=10, default="adult")
    capacity = models.PositiveSmallIntegerField(null=True)
    decides_by = models.CharField(max_length=20)
    is_listed = models.BooleanField(default=True)
    # Whether whoever comes to its space reads what was written before they came: the group decides it.
    shows_before = models.BooleanField(default=False)
    space = models.OneToOneField(
        "conversations.Conversation", models.SET_NULL, null=True, related_name="of_group"
    )
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = GroupQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(capacity=None) | Q(capacity__gte=1), name="group_has_places")
        ]
        indexes = [models.Index(fields=["programme", "ended_at"], name="group_by_programme")]

    def __str__(self) -> str:
        return f"group {self.pk}"

    @property
    def is_going_on(self) -> bool:
        return self.ended_at is None

    @property
    def has_list(self) -> bool:
        """Whether anybody is let in at all. Otherwise there is nothing to join: people come."""
        return self.kind in WITH_A_LIST and self.programme.keeps_register


class Meets(models.Model):
    """This group meets by this series."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="meets")
    series = models.OneToOneField("meetings.Series", models.CASCADE, related_name="of_group")

    def __str__(self) -> str:
        return f"group {self.group_id} meets by series {self.series_id}"


class Membership(models.Model):
    """Somebody belongs to a closed group or a cohort. Leaving takes the row away."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="members")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    came_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "person"], name="group_member_once")]

    def __str__(self) -> str:
        return f"member of group {self.group_id}"


class Waiting(models.Model):
    """Somebody asked for a place. Taking it, or leaving the queue, takes the row away."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="queue")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    offered_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "person"], name="group_waits_once")]

    def __str__(self) -> str:
        return f"waiting for group {self.group_id}"


class Kept(models.Model):
    """A group on somebody's own list. Nobody else is shown it."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="kept")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "person"], name="group_kept_once")]

    def __str__(self) -> str:
        return f"group {self.group_id} on a list"
