"""Who learns, where everybody's words are read first, the words that wait, and what is said beside."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from companionway.foundation.models import new_public_id
from companionway.people.models import of_person, of_programme, of_row, within_one_organisation
from companionway.release.states import ReplyState, Stage


class Traineeship(models.Model):
    """One supporter who learns in one programme, and how much of what they write is read first."""

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    programme = models.ForeignKey("people.Programme", models.PROTECT, related_name="+")
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.EVERY)
    stage_at = models.DateTimeField()
    began_at = models.DateTimeField()
    begun_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "programme"], condition=Q(ended_at=None), name="traineeship_once"
            ),
            models.CheckConstraint(condition=Q(stage_at__gte=F("began_at")), name="traineeship_in_order"),
        ]

    def __str__(self) -> str:
        return f"traineeship {self.pk}"


class Signature(models.Model):
    """A mentor signs that the next stage is right, with the figures they had before their eyes."""

    traineeship = models.ForeignKey(Traineeship, models.CASCADE, related_name="signatures")
    to_stage = models.CharField(max_length=10, choices=Stage)
    signed_by = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    signed_at = models.DateTimeField()
    read = models.PositiveIntegerField()
    sent_back = models.PositiveIntegerField()
    # After a step back earlier signatures count no more; they stay to be seen.
    laid_aside_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["traineeship", "to_stage", "signed_by"],
                condition=Q(laid_aside_at=None),
                name="signed_once",
            )
        ]

    def __str__(self) -> str:
        return f"signature {self.pk}"


class Space(models.Model):
    """A place where everybody's words are read before they go: a programme, or one conversation of it. A row is "on".

    Where somebody is under age it is so without a row (`spaces.must_be`), and nothing can switch it off.
    """

    programme = models.ForeignKey("people.Programme", models.PROTECT, related_name="+")
    conversation = models.OneToOneField(
        "conversations.Conversation", models.CASCADE, null=True, related_name="+"
    )
    since_at = models.DateTimeField()
    held_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme"], condition=Q(conversation=None), name="space_once_a_programme"
            )
        ]

    def __str__(self) -> str:
        return f"space {self.pk}"


class HeldReplyQuerySet(models.QuerySet["HeldReply"]):
    def waiting(self) -> HeldReplyQuerySet:
        return self.filter(state=ReplyState.WAITING)


class HeldReply(models.Model):
    """Words taken in that are no message. Nothing that reads messages knows this table."""

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    # Empty where the place says that it is read, not that somebody learns.
    traineeship = models.ForeignKey(Traineeship, models.CASCADE, null=True, related_name="replies")
    programme = models.ForeignKey("people.Programme", models.PROTECT, related_name="+")
    conversation = models.ForeignKey("conversations.Conversation", models.CASCADE, related_name="+")
    author = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    client_id = models.CharField(max_length=36)
    # {"text", "note"}; sealed with the conversation's key and its author's, both.
    sealed = models.BinaryField()
    state = models.CharField(max_length=10, choices=ReplyState, default=ReplyState.WAITING)
    why = models.CharField(max_length=8)
    # The message whose words these would replace; the old ones stand until then.
    edits_id = models.BigIntegerField(null=True)
    # The newest message when it was written: its reader sees some up to here, and none after.
    after_id = models.BigIntegerField()
    held_at = models.DateTimeField()
    # Goes up with each change of the words, so that nobody lets go what they have not read.
    version = models.PositiveSmallIntegerField(default=1)
    changed_at = models.DateTimeField(null=True)
    nudge_at = models.DateTimeField()
    nudged_at = models.DateTimeField(null=True)
    # When the member has heard at the latest; later each time a holding word was said.
    promised_at = models.DateTimeField()
    late_since = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    # The message it became.
    message_id = models.BigIntegerField(null=True, unique=True)
    # Kind words with what could be said otherwise; sealed with the conversation's key and the mentor's.
    sealed_answer = models.BinaryField(null=True)
    seen_at = models.DateTimeField(null=True)

    objects = HeldReplyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["author", "client_id"], name="held_once"),
            models.CheckConstraint(
                condition=Q(message_id=None) | Q(state=ReplyState.RELEASED), name="held_became_a_message"
            ),
            models.UniqueConstraint(
                fields=["edits_id"], condition=Q(state=ReplyState.WAITING), name="held_one_change_a_message"
            ),
            models.CheckConstraint(
                condition=Q(state=ReplyState.WAITING) ^ Q(decided_at__isnull=False), name="held_decided"
            ),
        ]
        indexes = [
            models.Index(
                fields=["programme", "held_at"], condition=Q(state=ReplyState.WAITING), name="held_waiting"
            ),
            models.Index(fields=["conversation", "author", "-id"], name="held_in_conversation"),
        ]

    def __str__(self) -> str:
        return f"held reply {self.pk}"

    @property
    def place(self) -> str:
        """What the sealed words are bound to."""
        return f"held:{self.author_id}:{self.client_id}"

    @property
    def answer_place(self) -> str:
        return f"held answer:{self.public_id}"

    @property
    def number(self) -> int:
        """Where a message would have its own: what was noticed in these words stands under it."""
        return -self.pk

    @property
    def written_at(self) -> datetime:
        """When its author last had their hands on it."""
        return self.changed_at or self.held_at

    @property
    def is_of_space(self) -> bool:
        """Held because of where it was written, not because its author learns."""
        return self.traineeship_id is None

    @property
    def is_waiting(self) -> bool:
        return self.state == ReplyState.WAITING

    def is_late(self, now: datetime) -> bool:
        return self.is_waiting and (self.late_since is not None or now >= self.promised_at)


class Reading(models.Model):
    """One mentor opened one held reply; both people of the conversation are shown it."""

    held = models.ForeignKey(HeldReply, models.CASCADE, related_name="readings")
    mentor = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    # The oldest message they were shown with it.
    from_id = models.BigIntegerField()
    read_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["held", "mentor"], name="held_read_once_each")]

    def __str__(self) -> str:
        return f"reading {self.pk}"


class Thread(models.Model):
    """The place beside one conversation where a trainee and the mentors talk about practice."""

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    traineeship = models.ForeignKey(Traineeship, models.CASCADE, related_name="threads")
    programme = models.ForeignKey("people.Programme", models.PROTECT, related_name="+")
    conversation = models.ForeignKey("conversations.Conversation", models.CASCADE, related_name="+")
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["traineeship", "conversation"], name="thread_once_beside")
        ]

    def __str__(self) -> str:
        return f"thread {self.pk}"


class ThreadNote(models.Model):
    """What one of them says there."""

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="notes")
    author = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    # Sealed with the conversation's key and its author's, both.
    sealed = models.BinaryField()
    # A message, pointed to and never copied: each reader sees it only where they may see it anyway.
    quoted_id = models.BigIntegerField(null=True)
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"thread note {self.pk}"

    @property
    def place(self) -> str:
        return f"thread:{self.public_id}"


within_one_organisation("release_traineeship", of_person("person_id"), of_programme())
within_one_organisation(
    "release_signature", of_person("signed_by_id"), of_row("release_traineeship", "traineeship_id")
)
within_one_organisation(
    "release_space",
    of_programme(),
    of_person("held_by_id"),
    of_row("conversations_conversation", "conversation_id"),
)
within_one_organisation(
    "release_heldreply",
    of_person("author_id"),
    of_programme(),
    of_row("conversations_conversation", "conversation_id"),
    of_row("release_traineeship", "traineeship_id"),
)
within_one_organisation("release_reading", of_person("mentor_id"), of_row("release_heldreply", "held_id"))
within_one_organisation(
    "release_thread",
    of_programme(),
    of_row("conversations_conversation", "conversation_id"),
    of_row("release_traineeship", "traineeship_id"),
)
within_one_organisation("release_threadnote", of_person("author_id"), of_row("release_thread", "thread_id"))
