"""How long this room keeps what has ended. The days are defaults that each organisation has to decide."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from companionway.conversations import places
from companionway.conversations.models import Conversation, Draft, LookInside, Message
from companionway.foundation import sealing
from companionway.foundation.retention import Clock, clock, without_clock
from companionway.noticing.rows import forget_conversation


def _closed(before: datetime, now: datetime) -> int:
    """The key goes, and with it every copy; that the conversation was there stays as two dates."""
    over = Conversation.objects.filter(closed_at__lt=before)
    over = over.filter(pk__in=Message.objects.values("conversation"))
    rows = 0
    for pk in list(over.values_list("pk", flat=True)):
        sealing.destroy_key(sealing.CONVERSATION, pk, now=now)
        for model in (Message, Draft, LookInside):
            rows += model._default_manager.filter(conversation=pk).delete()[0]
        rows += forget_conversation(pk, now)
        places.forget(pk)
    return rows


def _drafts(before: datetime, now: datetime) -> int:
    return Draft.objects.filter(changed_at__lt=before).delete()[0]


def _looks(before: datetime, now: datetime) -> int:
    return LookInside.objects.filter(until_at__lt=before).delete()[0]


clock(
    Clock(
        "conversations",
        _("Conversations that ended, with every message"),
        730,
        30,
        7300,
        _("Two years after the end; unverified, ask whoever is responsible for your records"),
        ("conversations.Message",),
        _closed,
    )
)
clock(
    Clock(
        "drafts",
        _("Drafts nobody touched"),
        90,
        7,
        365,
        _("Our own rule"),
        ("conversations.Draft",),
        _drafts,
    )
)
clock(
    Clock(
        "looks",
        _("Times a coordinator looked into a conversation"),
        2190,
        365,
        7300,
        _("Like the record of deeds; six years, unverified"),
        ("conversations.LookInside",),
        _looks,
    )
)
without_clock(
    {
        "conversations.Clock": "one number",
        "conversations.Conversation": "two dates; its words have a clock",
        "conversations.Participant": "who was in it, by number; its words have a clock",
    }
)
