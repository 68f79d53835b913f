"""Opening, closing and reopening a conversation. Which two people: decided upstairs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from companionway.conversations import events, places
from companionway.conversations.models import Conversation, Participant
from companionway.conversations.services._sending import say_system_line
from companionway.foundation.events import announce
from companionway.people import roles
from companionway.people.models import Person, Programme, RoleHeld


@transaction.atomic
def open_conversation(
    *, actor: Person, programme: Programme, people: Iterable[Person], now: datetime
) -> Conversation:
    """Give these people a place to write to each other. Whoever supports in the programme is known as supporter."""
    everybody = {person.pk for person in people}
    if len(everybody) < 2:
        raise ValueError("a conversation needs two people")
    held = RoleHeld.objects.live(now).filter(role=roles.SUPPORTER, programme=programme, person__in=everybody)
    supporters = set(held.values_list("person_id", flat=True))
    conversation = Conversation.objects.create(programme=programme, opened_at=now)
    Participant.objects.bulk_create(
        Participant(conversation=conversation, person_id=pk, is_supporter=pk in supporters, joined_at=now)
        for pk in sorted(everybody)
    )
    say_system_line(actor=actor, conversation=conversation, key="opened", now=now)
    subject = f"conversation:{conversation.pk}"
    announce(
        events.ConversationOpened(actor_id=actor.pk, subject=subject, conversation_id=conversation.pk), at=now
    )
    return conversation


@transaction.atomic
def close_conversation(*, actor: Person, conversation: Conversation, now: datetime) -> None:
    """From now on it is only read. A message that was stored before stays; none is stored after."""
    if not Conversation.objects.filter(pk=conversation.pk, closed_at=None).update(closed_at=now):
        return
    conversation.closed_at = now
    places.forget(conversation.pk)
    say_system_line(actor=actor, conversation=conversation, key="ended", now=now)
    subject = f"conversation:{conversation.pk}"
    announce(
        events.ConversationClosed(actor_id=actor.pk, subject=subject, conversation_id=conversation.pk), at=now
    )


@transaction.atomic
def reopen_conversation(*, actor: Person, conversation: Conversation, now: datetime) -> None:
    """The two walk on together: the same place, with all that was said."""
    if not Conversation.objects.filter(pk=conversation.pk).exclude(closed_at=None).update(closed_at=None):
        return
    conversation.closed_at = None
    places.forget(conversation.pk)
    say_system_line(actor=actor, conversation=conversation, key="reopened", now=now)
    subject = f"conversation:{conversation.pk}"
    announce(
        events.ConversationReopened(actor_id=actor.pk, subject=subject, conversation_id=conversation.pk),
        at=now,
    )
