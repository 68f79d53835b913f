"""What was noticed in messages: where, with which label, and why (sealed). Nothing here is about a person.

There is no column for the writer, no count and no score: whoever asks "how often did they" finds nothing to ask.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from companionway.foundation.models import new_public_id
from companionway.noticing.states import CardAnswer, Deed, Label, Side
from companionway.people.models import of_person, of_programme, of_row, within_one_organisation

# The kind of key that seals why somebody answered as they did: one for each answer, so that it can be destroyed alone.
ANSWER = "noticed_answer"


class Switch(models.Model):
    """Whether the messages of a programme are looked at. No row: they are."""

    programme = models.OneToOneField(
        "people.Programme", models.CASCADE, related_name="noticing_switch", primary_key=True
    )
    is_on = models.BooleanField(default=True)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"noticing in programme {self.programme_id}"


class Answer(models.Model):
    """What somebody on call did about everything that waited in one conversation, and their reason (sealed)."""

    programme = models.ForeignKey("people.Programme", models.PROTECT, related_name="+")
    conversation_id = models.BigIntegerField()
    side = models.PositiveSmallIntegerField(choices=Side)
    deed = models.CharField(max_length=10, choices=Deed)
    by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    # It may speak of what was written there, so it goes when anybody of that conversation deletes everything.
    sealed_reason = models.BinaryField(default=b"")
    answered_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["conversation_id", "answered_at"], name="noticing_answer_place")]

    def __str__(self) -> str:
        return f"answer {self.pk}"


class NoticedQuerySet(models.QuerySet["Noticed"]):
    def waiting(self) -> NoticedQuerySet:
        return self.filter(answer=None)


class Noticed(models.Model):
    """Something was noticed in one message. Written in the transaction that stores the message."""

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    programme = models.ForeignKey("people.Programme", models.PROTECT, related_name="+")
    conversation_id = models.BigIntegerField()
    # Below nought: words that wait to be read, and are no message yet (their number in the room above).
    message_id = models.BigIntegerField()
    side = models.PositiveSmallIntegerField(choices=Side)
    label = models.PositiveSmallIntegerField(choices=Label)
    # [[rule, category, [[start, end], ...]], ...]: which rules, and where; sealed with the message's key, never words.
    sealed = models.BinaryField()
    noticed_at = models.DateTimeField()
    # The words were changed or taken back since: what was noticed may not be what stands there now.
    changed_at = models.DateTimeField(null=True)
    # When those on call were told, outside the screen, that something waits.
    told_at = models.DateTimeField(null=True)
    answer = models.ForeignKey(Answer, models.SET_NULL, null=True, related_name="noticed")
    card = models.CharField(max_length=10, choices=CardAnswer, blank=True, default="")
    card_at = models.DateTimeField(null=True)

    objects = NoticedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message_id", "side"], name="noticed_once_a_side"),
            models.CheckConstraint(condition=Q(label__in=[1, 2, 3]), name="noticed_something"),
        ]
        indexes = [
            models.Index(
                fields=["programme", "conversation_id"], condition=Q(answer=None), name="noticed_waiting"
            ),
            models.Index(fields=["conversation_id"], name="noticed_place"),
        ]

    def __str__(self) -> str:
        return f"noticed {self.pk}"


within_one_organisation("noticing_answer", of_programme(), of_person("by_id"))
within_one_organisation(
    "noticing_noticed", of_programme(), of_row("conversations_conversation", "conversation_id")
)
