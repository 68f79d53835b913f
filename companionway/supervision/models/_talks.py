"""What stays of a talk: the day, themes, what each will do; and that both said yes to it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from companionway.foundation.constraints import Never, never
from companionway.foundation.models import new_public_id
from companionway.people.models import of_person, of_row, within_one_organisation
from companionway.supervision.models._pairs import Supervision
from companionway.supervision.states import MOVES, Side, TalkState


class Talk(models.Model):
    """One talk of the two. Sealed with their key: {"themes": keys, "words": a line for each other}.

    `sealed` is empty once one of them deleted everything: the day stays, for the rhythm of the other.
    """

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    supervision = models.ForeignKey(Supervision, models.CASCADE, related_name="talks")
    held_on = models.DateField()
    state = models.CharField(max_length=10, choices=TalkState, default=TalkState.WRITTEN)
    version = models.PositiveSmallIntegerField(default=1)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    sealed = models.BinaryField(null=True)
    supporter_yes_at = models.DateTimeField(null=True)
    supervisor_yes_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["supervision"],
                condition=Q(state=TalkState.WRITTEN),
                name="supervision_one_open_talk",
            ),
            models.CheckConstraint(
                condition=Q(state=TalkState.WRITTEN)
                | (Q(supporter_yes_at__isnull=False) & Q(supervisor_yes_at__isnull=False)),
                name="supervision_both_said_yes",
            ),
        ]

    def __str__(self) -> str:
        return f"talk {self.pk}"

    @property
    def is_signed(self) -> bool:
        return self.state == TalkState.SIGNED

    @property
    def context(self) -> str:
        return f"talk:{self.public_id}"

    def may_move(self, to: TalkState) -> bool:
        return to in MOVES[TalkState(self.state)]

    def yes_of(self, side: Side) -> bool:
        said = self.supporter_yes_at if side == Side.SUPPORTER else self.supervisor_yes_at
        return said is not None


class Action(models.Model):
    """What one of the two will do, and by when. Sealed with their key."""

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    talk = models.ForeignKey(Talk, models.CASCADE, related_name="actions")
    who = models.CharField(max_length=10, choices=Side)
    by_on = models.DateField(null=True)
    sealed = models.BinaryField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = [F("by_on").asc(nulls_last=True), "pk"]

    def __str__(self) -> str:
        return f"action {self.pk}"

    @property
    def context(self) -> str:
        return f"action:{self.public_id}"


never(
    Never(
        name="supervision_signed_stays",
        table="supervision_talk",
        app="supervision",
        when="exists (select 1 from supervision_talk t where t.id = NEW.id and t.state = 'signed'"
        " and (NEW.state <> 'signed' or NEW.held_on <> t.held_on or (NEW.sealed is not null and"
        " (t.sealed is null or NEW.sealed <> t.sealed))))",
        says="What both said yes to is not changed any more.",
        columns=("state", "held_on", "sealed"),
    )
)
within_one_organisation(
    "supervision_talk", of_person("written_by_id"), of_row("supervision_supervision", "supervision_id")
)
