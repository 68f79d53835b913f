"""A whole conversation is destroyed: every word of everybody in it, and its key."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from companionway.conversations import events, places
from companionway.conversations.changes import Changing
from companionway.conversations.models import Conversation, Draft, LookInside, Message
from companionway.conversations.states import MessageState
from companionway.conversations.writing import WRITER
from companionway.foundation import lane, proof, sealing
from companionway.foundation.events import announce
from companionway.noticing.rows import forget_conversation
from companionway.people.models import Person


@transaction.atomic
def erase_conversation(*, actor: Person | None, conversation: Conversation, now: datetime) -> str:
    """Destroy what everybody wrote in it; who was in it, and when, stays. At the console `actor` is None.

    Returns the proof (`foundation.proof`).
    """
    locked = Conversation.objects.select_for_update().get(pk=conversation.pk)
    rows = Message.objects.filter(conversation=locked)
    words_of = [MessageState.HERE, MessageState.TAKEN_AWAY]
    here = list(rows.filter(state__in=words_of).exclude(author=None).values_list("pk", "author_id"))
    for pk, author_id in here:
        lane.do(WRITER, Changing(pk, author_id, MessageState.ERASED, b"", {}, now))
    rows.update(sealed=b"")
    forget_conversation(locked.pk, now)
    drafts, _ = Draft.objects.filter(conversation=locked).delete()
    LookInside.objects.filter(conversation=locked).update(sealed_reason=b"")
    Conversation.objects.filter(pk=locked.pk, closed_at=None).update(closed_at=now)
    sealing.destroy_key(sealing.CONVERSATION, locked.pk, now=now)
    places.forget(locked.pk)
    made = proof.make({"messages": len(here), "drafts": drafts}, now)
    announce(
        events.ConversationErased(
            actor_id=actor.pk if actor else None,
            subject=f"conversation:{locked.pk}",
            conversation_id=locked.pk,
            proof=proof.digest(made),
        ),
        at=now,
    )
    return made
