"""The conversations somebody is in: the list, what is new, who takes part."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from companionway.conversations import policy
from companionway.conversations.models import Clock, Conversation, Draft, Message, Participant
from companionway.conversations.states import MessageState
from companionway.foundation.prepared import Prepared, Statement, counted, slot
from companionway.noticing import queries as noticing
from companionway.people.models import Person, Programme


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
    together = together.filter(conversation__heading="")
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
            names=[row.conversation.heading]
            if row.conversation.heading
            else others.get(row.conversation_id, []),
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
    "where p.person_id = %%s and p.left_at is null and not p.is_muted and m.state = %%s "
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


def when_written(author_id: int, conversation_ids: Collection[int], since: datetime) -> list[datetime]:
    """When this person wrote in these conversations: moments to count, and nothing of what was said."""
    rows = Message.objects.filter(conversation__in=conversation_ids, author=author_id, sent_at__gte=since)
    return list(rows.exclude(state=MessageState.UNDONE).values_list("sent_at", flat=True))


def author_of(message_id: int) -> int | None:
    """Who wrote a message."""
    return Message.objects.filter(pk=message_id).values_list("author_id", flat=True).first()


def with_whom(person_id: int) -> QuerySet[Participant]:
    """Everybody who is or was in a conversation with this person."""
    theirs = Participant.objects.filter(person=person_id).values("conversation")
    return Participant.objects.filter(conversation__in=theirs).exclude(person=person_id)


def people_in(conversation_id: int) -> list[Participant]:
    """Everybody who is or was in it, with their names, in the order they came."""
    return list(
        Participant.objects.filter(conversation=conversation_id).select_related("person").order_by("id")
    )


def supports_in(person_id: int, conversation_id: int) -> int | None:
    """The programme of this conversation, when this person is in it as a supporter now."""
    mine = Participant.objects.filter(
        conversation=conversation_id, person=person_id, is_supporter=True, left_at=None
    )
    return mine.values_list("conversation__programme_id", flat=True).first()


def supported_by(person_id: int, programme_id: int) -> QuerySet[Conversation]:
    """The open conversations of this programme in which this person is a supporter now."""
    mine = Participant.objects.filter(person=person_id, is_supporter=True, left_at=None)
    return Conversation.objects.filter(
        pk__in=mine.values("conversation"), programme=programme_id, closed_at=None
    )


def programme_of(conversation_id: int) -> Programme:
    """Whose conversation it is."""
    return Programme.objects.get(pk__in=Conversation.objects.filter(pk=conversation_id).values("programme"))


def is_of_many(conversation_id: int) -> bool:
    """Whether it is a place of many, which has a name, and not two people who write to each other."""
    return Conversation.objects.filter(pk=conversation_id).exclude(heading="").exists()


def address_of(conversation_id: int) -> str:
    """What its pages are addressed by."""
    return Conversation.objects.values_list("public_id", flat=True).get(pk=conversation_id)


def how_far_read(conversation_id: int) -> list[tuple[int, int]]:
    """Everybody who is in it now and would be told, and the last message they have read."""
    now_in = Participant.objects.filter(conversation=conversation_id, left_at=None, is_muted=False)
    return list(now_in.values_list("person_id", "last_read_id"))


def supporters_in(conversation_id: int) -> list[int]:
    """Those who are in it now as supporters."""
    now_in = Participant.objects.filter(conversation=conversation_id, left_at=None, is_supporter=True)
    return list(now_in.values_list("person_id", flat=True))


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
            has_card=noticing.has_open_card(OuterRef("pk")),
            check_in_at=noticing.check_in_asked_at(OuterRef("pk")),
            own_support=Subquery(mine.values("is_supporter")[:1]),
        )
    )


_OWN_SIDE = Prepared(lambda: _with_own_side(slot("person"), slot("public_id")))


def next_unread_id(conversation: Conversation, person: Person) -> int | None:
    """The first message that is new for this person here."""
    mine = Participant.objects.filter(conversation=conversation, person=person).values("last_read_id")[:1]
    new = _new_for(person, Subquery(mine), conversation).order_by("id")
    return new.values_list("id", flat=True).first()
