"""How deeds about messages are written together: one number each from the clock, one INSERT, one set of records."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection
from django.db.models import F
from django.utils.translation import gettext as _

from companionway.conversations import events, queries, rows, telling
from companionway.conversations.bubbles import Shown
from companionway.conversations.models import Clock, Message, Participant, place_of
from companionway.conversations.states import MOVES, MessageState
from companionway.conversations.words import fit, fit_client_id
from companionway.foundation import sealing, statements
from companionway.foundation.events import Event
from companionway.foundation.lane import Writer, announce_all
from companionway.foundation.policy import Refused
from companionway.safety import queries as safety


@dataclass(frozen=True, slots=True)
class Sending:
    """New words of a person, or (without an author) a line of the service. `sealed` is `facts`, sealed."""

    conversation_id: int
    author_id: int | None
    client_id: str
    sealed: bytes
    facts: dict[str, str]
    now: datetime


@dataclass(frozen=True, slots=True)
class Changing:
    """A change of a message that is here: new words (`to` stays "here"), or none any more."""

    message_id: int
    actor_id: int
    to: str
    sealed: bytes
    facts: dict[str, str]
    now: datetime


Deed = Sending | Changing
MOST_UNDER_ONE_NAME: Final = 16
_OTHER_WORDS: Final = uuid.UUID("6d5b4e1e-3c39-4c52-9f0e-6a1a0f6d9b11")
_SENT = statements.Table(
    Message._meta.db_table,
    {
        "id": "bigint",
        "seq": "bigint",
        "conversation_id": "bigint",
        "author_id": "bigint",
        "client_id": "text",
        "sealed": "bytea",
        "state": "text",
        "sent_at": "timestamptz",
        "changed_at": "timestamptz",
    },
)


def _write(deeds: Sequence[Deed]) -> Sequence[Shown | Exception]:
    # The clock first: its row is locked until the commit, so nothing checked below can change under us.
    last = _tick(len(deeds))
    people = _people({each.conversation_id for each in deeds if isinstance(each, Sending) and each.author_id})
    blocks = safety.blocks_among({pk for readers in people.values() for pk in readers})
    here = _here({each.message_id for each in deeds if isinstance(each, Changing)})
    seq = last - len(deeds)
    outcomes: list[Shown | Exception] = []
    sent: list[tuple[Sending, int]] = []
    facts: list[tuple[Event, datetime, bool]] = []
    for deed in deeds:
        refusal = _refusal(deed, people, blocks, here)
        if refusal:
            outcomes.append(refusal)
            continue
        seq += 1
        shown = _shown(deed, seq, here)
        if isinstance(deed, Changing):
            here[deed.message_id] = shown
            _change(deed, seq)
        else:
            sent.append((deed, seq))
        outcomes.append(shown)
        facts.append((_fact(deed, shown), deed.now, _begins_to_wait(deed, shown, people)))
    if seq != last:
        _tick(seq - last)
    _insert(sent)
    announce_all(facts)
    return outcomes


def _tick(by: int) -> int:
    with statements.prepared_cursor() as cursor:
        cursor.execute(
            f"insert into {Clock._meta.db_table} as c (id, value) values (1, %s) "  # noqa: S608
            "on conflict (id) do update set value = c.value + excluded.value returning value",
            [by],
        )
        return int(cursor.fetchone()[0])


@dataclass(slots=True)
class _Reader:
    """Somebody in an open conversation: how far they have read, and whether they know that something waits."""

    read_id: int
    awaited_id: int


People = dict[int, dict[int, _Reader]]
_PEOPLE = statements.Rows(
    "p.conversation_id, p.person_id, p.last_read_id, p.awaited_id",
    "conversations_participant p join conversations_conversation c on c.id = p.conversation_id",
    "c.closed_at is null and p.left_at is null and p.conversation_id",
)


def _people(conversation_ids: set[int]) -> People:
    """Who is in these conversations now, where they are open."""
    found: People = {}
    if not conversation_ids:
        return found
    found_rows = statements.rows_for(_PEOPLE, conversation_ids)
    for conversation_id, person_id, read_id, awaited_id in found_rows:
        found.setdefault(conversation_id, {})[person_id] = _Reader(read_id, awaited_id)
    return found


def _begins_to_wait(deed: Deed, shown: Shown, people: People) -> bool:
    """Whether somebody had nothing waiting until now: only then do the other rooms need to act on it.

    One notice tells of all that waits; a reaction for each line of a lively conversation would cost more than
    the conversation.
    """
    if not isinstance(deed, Sending) or deed.author_id is None:
        return True
    readers = people.get(deed.conversation_id, {})
    begins = [
        reader
        for pk, reader in readers.items()
        if pk != deed.author_id and reader.awaited_id <= reader.read_id
    ]
    if begins:
        for reader in begins:
            reader.awaited_id = shown.id
        waiting = Participant.objects.filter(
            conversation=deed.conversation_id, awaited_id__lte=F("last_read_id")
        )
        waiting.exclude(person=deed.author_id).update(awaited_id=shown.id)
    return bool(begins)


def _here(message_ids: set[int]) -> dict[int, Shown]:
    if not message_ids:
        return {}
    found = Message.objects.filter(pk__in=message_ids).values_list(*rows.COLUMNS)
    return {shown.id: shown for shown in queries.opened(found)}


def _refusal(
    deed: Deed, people: People, blocks: set[tuple[int, int]], here: dict[int, Shown]
) -> Refused | None:
    if isinstance(deed, Changing):
        found = here.get(deed.message_id)
        stays = found is not None and found.state == deed.to == MessageState.HERE
        if found is None or not (stays or deed.to in MOVES[found.state]):
            return Refused(_("This message was taken back."))
    elif deed.author_id and deed.author_id not in people.get(deed.conversation_id, ()):
        return Refused(_("This conversation has ended. You can still read it."))
    elif deed.author_id and any(
        safety.pair_key(deed.author_id, other) in blocks for other in people[deed.conversation_id]
    ):
        # The lane may remember an older state: here a block holds from the moment it is kept.
        return Refused(_("You cannot write here any more. You can still read it."))
    return None


def _shown(deed: Deed, seq: int, here: dict[int, Shown]) -> Shown:
    if isinstance(deed, Sending):
        return Shown(
            id=seq, seq=seq, conversation_id=deed.conversation_id, author_id=deed.author_id, facts=deed.facts,
            client_id=deed.client_id, state=MessageState.HERE, sent_at=deed.now, changed_at=None,
        )  # fmt: skip
    was = here[deed.message_id]
    return Shown(
        id=was.id, seq=seq, conversation_id=was.conversation_id, author_id=was.author_id, facts=deed.facts,
        client_id=was.client_id, state=deed.to, sent_at=was.sent_at, changed_at=deed.now,
    )  # fmt: skip


def _insert(sent: list[tuple[Sending, int]]) -> None:
    at, here = connection.ops.adapt_datetimefield_value, str(MessageState.HERE)
    statements.write_rows(
        _SENT,
        [
            (
                seq,
                seq,
                deed.conversation_id,
                deed.author_id,
                deed.client_id,
                deed.sealed,
                here,
                at(deed.now),
                None,
            )
            for deed, seq in sent
        ],
    )


def _change(deed: Changing, seq: int) -> None:
    Message.objects.filter(pk=deed.message_id).update(
        seq=seq, state=deed.to, sealed=deed.sealed, changed_at=deed.now
    )


_FACTS = {
    MessageState.HERE: events.MessageEdited,
    MessageState.UNDONE: events.MessageUndone,
    MessageState.TAKEN_BACK: events.MessageWithdrawn,
    MessageState.ERASED: events.MessageWithdrawn,
}


def _fact(deed: Deed, shown: Shown) -> Event:
    subject, ids = f"message:{shown.id}", {"conversation_id": shown.conversation_id, "message_id": shown.id}
    if isinstance(deed, Changing):
        return _FACTS[MessageState(deed.to)](actor_id=deed.actor_id, subject=subject, **ids)
    if deed.author_id is None:
        return events.LineSaid(actor_id=None, subject=subject, **ids)
    return events.MessageSent(actor_id=deed.author_id, subject=subject, **ids)


def _recall(deed: Deed) -> Shown | None:
    """The message that this very sending made before."""
    if isinstance(deed, Changing):
        return None
    found = Message.objects.filter(author=deed.author_id, client_id=deed.client_id)
    return next(iter(queries.opened(found.values_list(*rows.COLUMNS))), None)


def is_of_other_words(shown: Shown, sending: Sending) -> bool:
    """Whether its name stands for other words already: one draft stood on two devices, and both were sent."""
    is_same_name = shown.client_id == sending.client_id
    is_as_sent = shown.state == MessageState.HERE and shown.changed_at is None
    is_same = shown.conversation_id == sending.conversation_id and shown.facts == sending.facts
    return is_same_name and is_as_sent and not is_same


def other_names(client_id: str) -> Iterator[str]:
    """Names for other words under this one: the same ones each time, so that they too are stored once when sent twice.

    Nobody's devices hold more than a few drafts of one name. After so many the next name is new and nothing is
    searched: no words are lost, but from there on what is sent twice stands twice. (A name made from the words would
    not do that, and would leave a trace of them in the open.)
    """
    for _step in range(MOST_UNDER_ONE_NAME):
        client_id = str(uuid.uuid5(_OTHER_WORDS, client_id))
        yield client_id
    yield str(uuid.uuid4())


WRITER: Writer[Deed, Shown] = Writer(write=_write, recall=_recall, tell=telling.tell)


def prepare_message(
    *,
    author_id: int,
    conversation_id: int,
    key: sealing.SealingKey,
    text: str,
    note: str,
    client_id: str,
    now: datetime,
) -> Sending:
    """Tidy, measure and seal; touches no database. Raises Unfit with a kind sentence."""
    text, note = fit(text, note)
    client_id = fit_client_id(client_id)
    facts = {"text": text, "note": note} if note else {"text": text}
    sealed = sealing.seal_facts(key, facts, place_of(author_id, client_id))
    return Sending(conversation_id, author_id, client_id, sealed, facts, now)
