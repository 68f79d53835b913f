"""A place of many: opened empty, entered and left one by one. Nothing in it says who came or went."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from companionway.conversations import events, places, policy
from companionway.conversations.models import Conversation, Message, Participant
from companionway.conversations.services._sending import say_system_line
from companionway.foundation import live
from companionway.foundation.events import announce
from companionway.foundation.policy import Refused, require
from companionway.people.models import Person, Programme


@transaction.atomic
def open_space(*, actor: Person, programme: Programme, heading: str, now: datetime) -> Conversation:
    """A place that has a name and nobody in it yet. Who may come in is decided upstairs."""
    if not heading.strip():
        raise ValueError("a place of many needs a name")
    space = Conversation.objects.create(programme=programme, heading=heading.strip(), opened_at=now)
    say_system_line(actor=None, conversation=space, key="space_opened", now=now)
    announce(
        events.ConversationOpened(
            actor_id=actor.pk, subject=f"conversation:{space.pk}", conversation_id=space.pk
        ),
        at=now,
    )
    return space


@transaction.atomic
def rename_space(*, actor: Person, conversation: Conversation, heading: str, now: datetime) -> None:
    """The place is called like what it belongs to."""
    Conversation.objects.filter(pk=conversation.pk).exclude(heading="").update(heading=heading.strip())
    _changed(conversation, now)


@transaction.atomic
def come_in(*, actor: Person, conversation: Conversation, sees_before: bool, now: datetime) -> Participant:
    """Be in it from now on. Without `sees_before` what was written before stays unread by them, for ever.

    Twice is once. Raises Refused when it has ended or is no place of many.
    """
    locked = Conversation.objects.select_for_update().get(pk=conversation.pk)
    if not locked.heading or not locked.is_open:
        raise Refused(_("This conversation has ended. You can still read it."))
    newest = Message.objects.filter(conversation=locked).aggregate(id=Max("id"))["id"] or 0
    mine, is_new = Participant.objects.get_or_create(
        conversation=locked,
        person=actor,
        defaults={
            "joined_at": now,
            "sees_from_id": 0 if sees_before else newest,
            "last_read_id": newest,
        },
    )
    if not is_new:
        if mine.left_at is None:
            return mine
        mine.left_at, mine.joined_at, mine.last_read_id = None, now, newest
        # What they read when they were here before, they have read; what was said meanwhile they have not.
        mine.sees_from_id = mine.sees_from_id if sees_before else newest
        mine.save(update_fields=["left_at", "joined_at", "last_read_id", "sees_from_id"])
    _changed(locked, now)
    return mine


@transaction.atomic
def leave_space(*, actor: Person, conversation: Conversation, now: datetime) -> None:
    """Leave without a word and without a trace: no line, no notice. Their words stay, or they take them back first.

    Where nothing was written by them, not even the row stays that they were here.
    """
    mine = Participant.objects.filter(conversation=conversation, person=actor)
    if not mine.filter(left_at=None).exists():
        return
    if Message.objects.filter(conversation=conversation, author=actor).exists():
        mine.update(left_at=now, is_muted=False)
    else:
        mine.delete()
    transaction.on_commit(lambda: live.revoke_person(actor.pk))
    _changed(conversation, now)


@transaction.atomic
def mute_space(*, actor: Person, conversation: Conversation, is_muted: bool, now: datetime) -> None:
    """Nothing tells them any more that something is new here; it is there when they come. Nobody sees the choice."""
    require(policy.may_read(actor, conversation))
    Participant.objects.filter(conversation=conversation, person=actor).update(is_muted=is_muted)


@transaction.atomic
def pause_in_space(*, conversation: Conversation, person: Person, is_paused: bool, now: datetime) -> None:
    """They read and do not write for a while. Why, and until when, the room above keeps and decides."""
    Participant.objects.filter(conversation=conversation, person=person).update(is_paused=is_paused)
    _changed(conversation, now)


def _changed(conversation: Conversation, now: datetime) -> None:
    places.forget(conversation.pk)
    announce(
        events.SpaceChanged(
            actor_id=None, subject=f"conversation:{conversation.pk}", conversation_id=conversation.pk
        ),
        at=now,
    )
