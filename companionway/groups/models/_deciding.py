"""What a group agreed, in versions that stay; what stands to be decided; and polls that know no names.

A vote is a number that grows by one. That somebody voted is a mark, made from who they are (or, where no list is kept,
from their device) and readable by nobody. Nothing joins the two: no row, no order, no moment.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from companionway.foundation.models import new_public_id
from companionway.groups.models._groups import Group
from companionway.groups.states import ProposalKind, ProposalState


class AgreementVersion(models.Model):
    """The sentences a group agreed. Written once; other words are another version. Sealed: a list of sentences."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    sealed = models.BinaryField()
    written_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "number"], name="group_version_once")]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"agreement {self.number} of group {self.group_id}"

    @property
    def place(self) -> str:
        return f"agreement:{self.number}"


class Agreed(models.Model):
    """At the door somebody said yes to this version. Where no list is kept it stands on their device alone."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="agreed")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    agreed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "person"], name="group_agreed_once")]

    def __str__(self) -> str:
        return f"agreed in group {self.group_id}"


class _Stands(models.Model):
    """What stands until a day, for everybody of the group, and is counted then."""

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    # Empty where the tradition keeps no list of who belongs, and when they deleted everything.
    by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    sealed = models.BinaryField()
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField()

    class Meta:
        abstract = True


class Proposal(_Stands):
    """Sealed: {"sentences": [...]} for other words of the agreement, otherwise {"words": "..."}."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="proposals")
    kind = models.CharField(max_length=10, choices=ProposalKind)
    state = models.CharField(max_length=12, choices=ProposalState, default=ProposalState.OPEN)
    yes = models.PositiveSmallIntegerField(default=0)
    no = models.PositiveSmallIntegerField(default=0)
    aside = models.PositiveSmallIntegerField(default=0)
    # Group conscience: most were for it; whoever was not was asked to speak once more, and everybody votes again.
    heard_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group"],
                condition=Q(kind=ProposalKind.AGREEMENT, state=ProposalState.OPEN),
                name="group_one_change_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state=ProposalState.OPEN) ^ Q(decided_at__isnull=False),
                name="proposal_decided_has_a_date",
            ),
        ]
        indexes = [models.Index(fields=["state", "closes_at"], name="proposal_due")]

    def __str__(self) -> str:
        return f"proposal {self.pk}"

    @property
    def place(self) -> str:
        return f"proposal:{self.public_id}"

    @property
    def votes(self) -> int:
        return self.yes + self.no + self.aside

    @property
    def still_of(self) -> int | None:
        """Whose words it is until it is decided; then it is the group's."""
        return self.by_id if self.state == ProposalState.OPEN else None


class Poll(_Stands):
    """Sealed: {"question": "...", "options": [...]}, in the order of the options' places."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="polls")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["closed_at", "closes_at"], name="poll_due")]

    def __str__(self) -> str:
        return f"poll {self.pk}"

    @property
    def place(self) -> str:
        return f"poll:{self.public_id}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def still_of(self) -> int | None:
        """Whose words it is until it is over; then it is the group's."""
        return self.by_id if self.is_open else None


class PollOption(models.Model):
    """One answer, and how often it was given."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="options")
    place = models.PositiveSmallIntegerField()
    votes = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "place"], name="poll_option_once")]
        ordering = ["place"]

    def __str__(self) -> str:
        return f"option {self.place} of poll {self.poll_id}"


class Voted(models.Model):
    """That somebody voted on this. Gone when it is counted. No moment, no person, nothing of what they said."""

    # "proposal:PUBLIC_ID" or "poll:PUBLIC_ID"
    on = models.CharField(max_length=40)
    mark = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["on", "mark"], name="voted_once")]

    def __str__(self) -> str:
        return f"voted on {self.on}"
