"""The phone tree of a group: how those who chose to stand on it can be reached when a meeting cannot happen."""

from __future__ import annotations

from django.db import models

from companionway.groups.models._groups import Group


class OnTree(models.Model):
    """Somebody stands on the phone tree. Sealed with the group's key and their own: it goes when either does."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="tree")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    sealed = models.BinaryField()
    since_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "person"], name="group_tree_once")]

    def __str__(self) -> str:
        return f"on the phone tree of group {self.group_id}"

    @property
    def place(self) -> str:
        return f"phone_tree:{self.group_id}:{self.person_id}"
