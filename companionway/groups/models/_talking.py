"""Two of a group and a third who holds it talk: an invitation that each of them may leave, and the talk itself."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from companionway.foundation.models import new_public_id
from companionway.groups.models._groups import Group


class TalkOfThree(models.Model):
    """It begins when all three have said yes. Whoever says no takes the row away, and nobody reads who it was.

    When it is over the row goes too, and every word of it is destroyed, in any tradition.
    """

    group = models.ForeignKey(Group, models.CASCADE, related_name="talks_of_three")
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    third = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    one = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    other = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    third_yes = models.BooleanField(default=False)
    one_yes = models.BooleanField(default=False)
    other_yes = models.BooleanField(default=False)
    conversation = models.OneToOneField(
        "conversations.Conversation", models.SET_NULL, null=True, related_name="of_three"
    )
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(one=F("other")) & ~Q(one=F("third")) & ~Q(other=F("third")),
                name="talk_of_three_people",
            ),
            models.CheckConstraint(
                condition=Q(conversation=None) | Q(third_yes=True, one_yes=True, other_yes=True),
                name="talk_begins_when_all_said_yes",
            ),
            models.UniqueConstraint(fields=["group", "one", "other"], name="talk_of_three_once"),
        ]

    def __str__(self) -> str:
        return f"talk of three {self.pk}"

    @property
    def people(self) -> set[int]:
        return {self.third_id, self.one_id, self.other_id}

    def side_of(self, person_id: int) -> str:
        """Which of the three this is: `third`, `one` or `other`; empty for anybody else."""
        sides = {self.third_id: "third", self.one_id: "one", self.other_id: "other"}
        return sides.get(person_id, "")
