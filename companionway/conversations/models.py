"""Conversations, who is in them, and their messages: sealed, and numbered by one clock in the order of commit."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from companionway.conversations.states import MessageState
from companionway.foundation.models import new_public_id
from companionway.people.models import of_person, of_row, within_one_organisation


class Clock(models.Model):
    """One row. Every message and every change of one takes the next number, in the order of commit, without gaps."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    value = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.value)


class Conversation(models.Model):
    """A place where some people write to each other. Closed means readable for ever, writable no more."""

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    programme = models.ForeignKey("people.Programme", models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    # What a place of many is called, such as the name of a group; empty: two people write to each other.
    heading = models.CharField(max_length=120, blank=True, default="")

    def __str__(self) -> str:
        return f"conversation {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class Participant(models.Model):
    """One person in one conversation: how far they have read, and which signals they would share."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="participants")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    is_supporter = models.BooleanField(default=False)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    last_read_id = models.BigIntegerField(default=0)
    # The first message of those waiting, of which the other rooms were told; the next ones wait beside it.
    awaited_id = models.BigIntegerField(default=0)
    # "Seen" and "writing now" are shown only where both want them.
    wants_seen = models.BooleanField(default=False)
    wants_typing = models.BooleanField(default=False)
    # In a place of many: what was written up to here was written before they came, and is not theirs to read.
    sees_from_id = models.BigIntegerField(default=0)
    # Nothing tells them that something is new here.
    is_muted = models.BooleanField(default=False)
    # They read and do not write, for a time that the room above knows.
    is_paused = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "person"], name="participant_once")]

    def __str__(self) -> str:
        return f"person {self.person_id} in conversation {self.conversation_id}"


class Message(models.Model):
    """`id` is its place in the order; `seq` its last change. Both come from the clock; nothing here is plain text."""

    id = models.BigIntegerField(primary_key=True)
    seq = models.BigIntegerField(unique=True)
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="messages", db_index=False)
    # Empty for the service's own lines.
    author = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+", db_index=False)
    # Made by the device that sends: the same one again is the same message, never a second one.
    client_id = models.CharField(max_length=36)
    # {"text", "note"} or, for a line, {"line", "name", "reason"}; sealed with the conversation's key.
    sealed = models.BinaryField()
    state = models.CharField(max_length=10, choices=MessageState, default=MessageState.HERE)
    sent_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)
    # The label of the message (`noticing.states`); empty: nobody and nothing looked at it.
    noticed = models.SmallIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["conversation", "id"], name="message_in_order"),
            models.Index(fields=["conversation", "seq"], name="message_last_change"),
            models.Index(fields=["sent_at"], condition=Q(noticed=None), name="message_not_checked"),
        ]
        constraints = [models.UniqueConstraint(fields=["author", "client_id"], name="message_sent_once")]

    def __str__(self) -> str:
        return f"message {self.pk}"

    @property
    def place(self) -> str:
        """What the sealed words are bound to, so that moved bytes do not open."""
        return place_of(self.author_id, self.client_id)


def place_of(author_id: int | None, client_id: str) -> str:
    return f"message:{author_id or 0}:{client_id}"


class Draft(models.Model):
    """Words not sent yet, sealed with their writer's own key: nobody else can open them."""

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="drafts")
    sealed = models.BinaryField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "conversation"], name="draft_one_each")]

    def __str__(self) -> str:
        return f"draft of {self.person_id} in {self.conversation_id}"

    @property
    def place(self) -> str:
        return f"draft:{self.conversation_id}"


class LookInsideQuerySet(models.QuerySet["LookInside"]):
    def lasting(self, now: datetime) -> LookInsideQuerySet:
        return self.filter(until_at__gt=now)


class LookInside(models.Model):
    """Staff opened a conversation for a stated reason; both people are told, and it ends by itself."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="looks_inside")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    sealed_reason = models.BinaryField()
    opened_at = models.DateTimeField()
    until_at = models.DateTimeField()

    objects = LookInsideQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until_at__gt=models.F("opened_at")), name="look_inside_ends")
        ]

    def __str__(self) -> str:
        return f"look inside {self.pk}"


within_one_organisation(
    "conversations_participant",
    of_person("person_id"),
    of_row("conversations_conversation", "conversation_id"),
)
within_one_organisation(
    "conversations_draft", of_person("person_id"), of_row("conversations_conversation", "conversation_id")
)
within_one_organisation(
    "conversations_lookinside",
    of_person("person_id"),
    of_row("conversations_conversation", "conversation_id"),
)
