"""Who is in the conversations of a batch, and for whom something begins to wait."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F

from companionway.conversations.models import Participant
from companionway.foundation import statements


@dataclass(slots=True)
class Reader:
    """Somebody in an open conversation: how far they have read, and whether they know that something waits."""

    read_id: int
    awaited_id: int
    is_stopped: bool = False
    is_of_many: bool = False


People = dict[int, dict[int, Reader]]
PEOPLE = statements.Rows(
    "p.conversation_id, p.person_id, p.last_read_id, p.awaited_id, case when p.is_paused"
    " or exists (select 1 from people_stop s where s.person_id = p.person_id and s.ended_at is null"
    " and (s.programme_id is null or s.programme_id = c.programme_id)) then 1 else 0 end,"
    " case when c.heading = '' then 0 else 1 end",
    "conversations_participant p join conversations_conversation c on c.id = p.conversation_id",
    "c.closed_at is null and p.left_at is null and p.conversation_id",
)


def people_in(conversation_ids: set[int]) -> People:
    """Who is in these conversations now, where they are open."""
    found: People = {}
    if not conversation_ids:
        return found
    found_rows = statements.rows_for(PEOPLE, conversation_ids)
    for conversation_id, person_id, read_id, awaited_id, stopped, many in found_rows:
        reader = Reader(read_id, awaited_id, bool(stopped), bool(many))
        found.setdefault(conversation_id, {})[person_id] = reader
    return found


def begins_to_wait(conversation_id: int, author_id: int, message_id: int, people: People) -> bool:
    """Whether somebody had nothing waiting until now: only then do the other rooms need to act on it.

    One notice tells of all that waits; a reaction for each line of a lively conversation would cost more than
    the conversation.
    """
    readers = people.get(conversation_id, {})
    begins = [
        reader for pk, reader in readers.items() if pk != author_id and reader.awaited_id <= reader.read_id
    ]
    if begins:
        for reader in begins:
            reader.awaited_id = message_id
        waiting = Participant.objects.filter(conversation=conversation_id, awaited_id__lte=F("last_read_id"))
        waiting.exclude(person=author_id).update(awaited_id=message_id)
    return bool(begins)
