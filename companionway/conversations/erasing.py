"""When somebody deletes everything: their words are destroyed, the other person keeps a line that they left."""

from __future__ import annotations

from datetime import datetime

from companionway.conversations import places
from companionway.conversations.changes import Changing
from companionway.conversations.models import Conversation, Draft, LookInside, Message, Participant
from companionway.conversations.states import MessageState
from companionway.conversations.writing import WRITER
from companionway.foundation import ids, lane, sealing
from companionway.noticing.rows import forget_conversation, forget_noticed, forget_why
from companionway.people.models import Person

ids.owners(sealing.CONVERSATION, "conversations.Conversation")


def part(person: Person, now: datetime) -> dict[str, int]:
    mine = Participant.objects.filter(person=person)
    conversations = list(mine.values_list("conversation_id", flat=True))
    written = (
        Message.objects.filter(author=person)
        .exclude(state=MessageState.ERASED)
        .order_by("id")
        .values_list("id", flat=True)
    )
    messages = list(written)
    for pk in messages:
        lane.do(WRITER, Changing(pk, person.pk, MessageState.ERASED, b"", {}, now))
    forget_noticed(Message.objects.filter(author=person).values_list("pk", flat=True))
    forget_why(conversations, now)
    drafts, _ = Draft.objects.filter(person=person).delete()
    LookInside.objects.filter(person=person).update(sealed_reason=b"")
    mine.filter(left_at=None).update(left_at=now, wants_seen=False, wants_typing=False)
    _end_where_nobody_else_is(conversations, now)
    return {"messages": len(messages), "drafts": drafts}


def _end_where_nobody_else_is(conversations: list[int], now: datetime) -> None:
    """Where everybody has left, nobody may read any more: the key goes too. Into a place of many others may come."""
    stays = Conversation.objects.filter(pk__in=conversations, closed_at=None).exclude(heading="")
    ends = set(conversations) - set(stays.values_list("pk", flat=True))
    for pk in conversations:
        if pk in ends and not Participant.objects.filter(conversation=pk, left_at=None).exists():
            sealing.destroy_key(sealing.CONVERSATION, pk, now=now)
            forget_conversation(pk, now)
        places.forget(pk)
