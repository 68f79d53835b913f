"""What we ask about conversations. Every list costs the same number of queries with one row and with a hundred."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from companionway.conversations import policy, rows
from companionway.conversations.bubbles import Shown
from companionway.conversations.models import Clock, Conversation, Draft, Message, Participant, place_of
from companionway.conversations.states import MessageState
from companionway.foundation import sealing
from companionway.foundation.prepared import Prepared, Statement, counted, slot
from companionway.people.models import Person

PAGE = 50
NOTHING: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Listed:
    """One conversation in a person's list: with whom, how much is new; never a word of it."""

    public_id: str
    conversation_id: int
    names: list[str]
    programme_name: str
    unread: int
    last_at: datetime
    is_open: bool


def _new_for(person_id: Any, last_read: Any, conversation: Any) -> QuerySet[Message]:
    shown = Message.objects.filter(conversation=conversation, id__gt=last_read, state=MessageState.HERE)
    return shown.exclude(author=person_id).exclude(author=None)


def unread_count(person: Person) -> int:
    """How many messages from others wait for this person, in all their conversations."""
    return counted([unread_messages(person.pk)])[0]


def unread_messages(person_id: int) -> Statement:
    """The same, to be counted together with what is new elsewhere."""
    return Statement(_NEW % "m.id", (person_id, MessageState.HERE.value, person_id))


def _in_them(person: Any) -> QuerySet[Participant]:
    return Participant.objects.filter(person=person, left_at=None)


def _mine() -> QuerySet[Any]:
    last = Message.objects.filter(conversation=OuterRef("conversation")).exclude(state=MessageState.UNDONE)
    mine = _in_them(slot("person")).select_related("conversation__programme")
    return mine.annotate(last_at=Subquery(last.order_by("-id").values("sent_at")[:1]))


def _others() -> QuerySet[Any, Any]:
    together = Participant.objects.filter(conversation__in=_in_them(slot("person")).values("conversation"))
    return together.exclude(person=slot("person")).values_list("conversation_id", "person__name")


_MINE, _OTHERS = Prepared(_mine), Prepared(_others)


def my_conversations(person: Person) -> list[Listed]:
    """Newest activity first."""
    mine: list[Any] = _MINE.all(person=person.pk)
    new = _new_per_conversation(person)
    others: dict[int, list[str]] = {}
    for conversation_id, name in _OTHERS.all(person=person.pk) if mine else ():
        others.setdefault(conversation_id, []).append(name)
    listed = [
        Listed(
            public_id=row.conversation.public_id,
            conversation_id=row.conversation_id,
            names=others.get(row.conversation_id, []),
            programme_name=row.conversation.programme.name,
            unread=new.get(row.conversation_id, 0),
            last_at=row.last_at or row.conversation.opened_at,
            is_open=row.conversation.is_open,
        )
        for row in mine
    ]
    return sorted(listed, key=lambda each: each.last_at, reverse=True)


# Asked for the badge on every page.
_NEW = (
    "select %s from conversations_participant p "
    "join conversations_message m on m.conversation_id = p.conversation_id and m.id > p.last_read_id "
    "where p.person_id = %%s and p.left_at is null and m.state = %%s "
    "and m.author_id is not null and m.author_id <> %%s"
)
_NEW_IN_EACH = _NEW % "m.conversation_id, count(*)" + " group by m.conversation_id"


def _new_per_conversation(person: Person) -> dict[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(_NEW_IN_EACH, [person.pk, MessageState.HERE.value, person.pk])
        return {int(conversation_id): int(number) for conversation_id, number in cursor.fetchall()}


def first_words_missing(conversation_ids: Collection[int]) -> set[int]:
    """The open conversations in which no supporter has written yet."""
    supporters = Participant.objects.filter(conversation=OuterRef("conversation"), is_supporter=True)
    written = Message.objects.filter(conversation=OuterRef("pk")).filter(
        Exists(supporters.filter(person=OuterRef("author")))
    )
    silent = Conversation.objects.filter(pk__in=conversation_ids, closed_at=None).exclude(Exists(written))
    return set(silent.values_list("pk", flat=True))


def last_activity(conversation_ids: Collection[int]) -> dict[int, datetime]:
    """When somebody last wrote (conversations without a word are left out)."""
    last = Message.objects.filter(conversation=OuterRef("pk")).exclude(author=None).order_by("-id")
    newest = Conversation.objects.filter(pk__in=conversation_ids).annotate(
        at=Subquery(last.values("sent_at")[:1])
    )
    return {pk: at for pk, at in newest.values_list("pk", "at") if at}


def people_in(conversation_id: int) -> list[Participant]:
    """Everybody who is or was in it, with their names, in the order they came."""
    return list(
        Participant.objects.filter(conversation=conversation_id).select_related("person").order_by("id")
    )


def how_far_read(conversation_id: int) -> list[tuple[int, int]]:
    """Everybody who is in it now, and the last message they have read."""
    now_in = Participant.objects.filter(conversation=conversation_id, left_at=None)
    return list(now_in.values_list("person_id", "last_read_id"))


def clock() -> int:
    """The number of the newest change anywhere."""
    return Clock.objects.values_list("value", flat=True).first() or 0


def opened(found: Iterable[tuple[Any, ...]]) -> list[Shown]:
    """Open the seals of rows of `rows.COLUMNS`. What was destroyed, or taken back, has no words."""
    sealed_rows = list(found)
    keys = sealing.keys_of_both(
        sealing.CONVERSATION,
        sealing.PERSON,
        {(row[2], row[3]) for row in sealed_rows if row[5] == MessageState.HERE},
    )
    shown = []
    for *plain, sealed in sealed_rows:
        conversation_id, author_id, client_id, state = plain[2:6]
        facts = NOTHING
        if state == MessageState.HERE and (key := keys.get((conversation_id, author_id))):
            with contextlib.suppress(sealing.CannotOpen):
                facts = sealing.open_facts(key, sealed, place_of(author_id, client_id))
        shown.append(Shown(*plain, facts))  # type: ignore[call-arg]
    return shown


def messages_of(
    conversation: Conversation, *, before_id: int | None = None, limit: int = PAGE
) -> list[Shown]:
    """The newest `limit` messages (older than `before_id`), oldest first."""
    if before_id:
        return opened(rows.read(rows.OLDER, rows.BY_ID, conversation.pk, before_id, limit))
    return opened(rows.read(rows.NEWEST, rows.BY_ID, conversation.pk, limit))


def changed_since(person_id: int, seq: int, limit: int) -> list[Shown]:
    """What changed after `seq` in the conversations this person is in, in the order it happened."""
    return opened(rows.read(rows.SINCE, rows.BY_SEQ, person_id, seq, limit))


def changed_in(conversation_id: int, seq: int, limit: int) -> list[Shown]:
    """What changed after `seq` in one conversation; with 0, its newest messages in order."""
    if seq:
        return opened(rows.read(rows.CHANGED, rows.BY_SEQ, conversation_id, seq, limit))
    return opened(rows.read(rows.NEWEST, rows.BY_ID, conversation_id, limit))


def changed_between(after: int, until: int, limit: int) -> list[Shown]:
    """Every change in (after, until], for a process that missed the telling."""
    return opened(rows.read(rows.BETWEEN, rows.BY_SEQ, after, until, limit))


def shown_of(message: Message) -> Shown:
    (shown,) = opened([tuple(getattr(message, name) for name in rows.COLUMNS)])
    return shown


def draft_of(person: Person, conversation: Conversation) -> dict[str, str]:
    """The words this person has not sent yet: {"text", "note", "client_id"}, or nothing."""
    draft = Draft.objects.filter(person=person, conversation=conversation).first()
    return opened_draft(person, conversation.pk, draft.sealed if draft else None)


_SENT = Prepared(
    lambda: Message.objects.filter(author=slot("person"), client_id=slot("client_id")).values_list("pk")[:1]
)


def opened_draft(person: Person, conversation_id: int, sealed: bytes | memoryview | None) -> dict[str, str]:
    if sealed is None:
        return {}
    key, place = sealing.key_of(sealing.PERSON, person.pk), Draft(conversation_id=conversation_id).place
    facts: dict[str, str] = sealing.open_facts(key, sealed, place)
    # The device went away between sending and saying so: what was sent is no draft.
    return {} if was_sent(person, facts["client_id"]) else facts


def was_sent(person: Person, client_id: str) -> bool:
    """Whether a message of theirs has this name."""
    return _SENT.first(person=person.pk, client_id=client_id) is not None


def own_side(person: Person, public_id: str) -> Conversation | None:
    """A conversation they may see, with what its page needs of the person's own side, in one question."""
    return _OWN_SIDE.first(person=person.pk, public_id=public_id)


def _with_own_side(person: Any, public_id: Any) -> QuerySet[Conversation]:
    inside = Participant.objects.filter(conversation=OuterRef("pk"))
    mine, others = inside.filter(person=person), inside.exclude(person=person).filter(left_at=None)
    draft = Draft.objects.filter(conversation=OuterRef("pk"), person=person)
    return (
        policy.visible_to(person)
        .filter(public_id=public_id)
        .annotate(
            clock=Subquery(Clock.objects.values("value")[:1]),
            own_read_id=Subquery(mine.values("last_read_id")[:1]),
            own_seen=Subquery(mine.values("wants_seen")[:1]),
            own_typing=Subquery(mine.values("wants_typing")[:1]),
            own_draft=Subquery(draft.values("sealed")[:1]),
            others_read_id=Subquery(others.order_by("last_read_id").values("last_read_id")[:1]),
            staff_may_open=F("programme__coordinator_sees"),
        )
    )


_OWN_SIDE = Prepared(lambda: _with_own_side(slot("person"), slot("public_id")))


def next_unread_id(conversation: Conversation, person: Person) -> int | None:
    """The first message that is new for this person here."""
    mine = Participant.objects.filter(conversation=conversation, person=person).values("last_read_id")[:1]
    new = _new_for(person, Subquery(mine), conversation).order_by("id")
    return new.values_list("id", flat=True).first()
