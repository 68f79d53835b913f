"""How deeds about messages are written together: one number each from the clock, one INSERT, one set of records."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.db import connection
from django.utils.translation import gettext as _

from companionway.conversations import changes, events, queries, rows, telling
from companionway.conversations.bubbles import Shown
from companionway.conversations.changes import Changing
from companionway.conversations.gates import Kept
from companionway.conversations.models import Clock, Message, place_of
from companionway.conversations.readers import People, Reader, begins_to_wait, people_in
from companionway.conversations.states import MessageState
from companionway.conversations.words import fit, fit_client_id
from companionway.foundation import sealing, statements
from companionway.foundation.events import Event
from companionway.foundation.lane import Writer, announce_all
from companionway.foundation.policy import Refused
from companionway.noticing import looking
from companionway.noticing.looking import UNCHECKED, Looked, kept_of
from companionway.noticing.rows import Noted, write_noticed
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
    # What was noticed in the words, and the rows that say so: written with the message or not at all.
    looked: Looked = UNCHECKED
    kept: tuple[looking.Kept, ...] = ()
    # Its author would like somebody to read it first, where somebody does.
    asks_first: bool = False


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
        "noticed": "smallint",
    },
)


def _write(deeds: Sequence[Deed]) -> Sequence[Shown | Exception]:
    # The clock first: its row is locked until the commit, so nothing checked below can change under us.
    last = _tick(len(deeds))
    people = people_in(
        {each.conversation_id for each in deeds if isinstance(each, Sending) and each.author_id}
    )
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
            changes.store(deed, seq)
            changes.notice_anew(deed, shown)
        else:
            sent.append((deed, seq))
        outcomes.append(shown)
        facts.append((_fact(deed, shown), deed.now, _wakes(deed, shown, people)))
    if seq != last:
        _tick(seq - last)
    _insert(sent)
    write_noticed(
        [(Noted(deed.conversation_id, pk, deed.now), each) for deed, pk in sent for each in deed.kept]
    )
    announce_all(facts)
    return outcomes


def first_in_order() -> None:
    """Take the clock's lock before any other: whoever writes in the lane has it when they meet a gate's own rows."""
    _tick(0)


def _tick(by: int) -> int:
    with statements.prepared_cursor() as cursor:
        cursor.execute(
            f"insert into {Clock._meta.db_table} as c (id, value) values (1, %s) "  # noqa: S608
            "on conflict (id) do update set value = c.value + excluded.value returning value",
            [by],
        )
        return int(cursor.fetchone()[0])


def _wakes(deed: Deed, shown: Shown, people: People) -> bool:
    """Whether other rooms should act on it."""
    if not isinstance(deed, Sending) or deed.author_id is None:
        return True
    return begins_to_wait(deed.conversation_id, deed.author_id, shown.id, people)


def _here(message_ids: set[int]) -> dict[int, Shown]:
    if not message_ids:
        return {}
    found = Message.objects.filter(pk__in=message_ids).values_list(*rows.COLUMNS)
    return {shown.id: shown for shown in queries.opened(found)}


def _refusal(
    deed: Deed, people: People, blocks: set[tuple[int, int]], here: dict[int, Shown]
) -> Refused | None:
    if isinstance(deed, Changing):
        return changes.refusal(deed, here.get(deed.message_id))
    if deed.author_id and deed.author_id not in people.get(deed.conversation_id, ()):
        return Refused(_("This conversation has ended. You can still read it."))
    elif deed.author_id and _is_blocked(deed.author_id, people[deed.conversation_id], blocks):
        # The lane may remember an older state: here a block holds from the moment it is kept.
        return Refused(_("You cannot write here any more. You can still read it."))
    elif deed.author_id and _is_stopped(deed.author_id, people[deed.conversation_id]):
        return Refused(_("You cannot write here any more. You can still read it."))
    return None


def _is_blocked(author_id: int, people: dict[int, Reader], blocks: set[tuple[int, int]]) -> bool:
    """Of two people, either; among many it would tell everybody, and each does not read the other instead."""
    return _are_two(people) and any(safety.pair_key(author_id, other) in blocks for other in people)


def _is_stopped(author_id: int, people: dict[int, Reader]) -> bool:
    """Whether the author takes no part; of two people, either: nobody writes to somebody who may not answer."""
    return any(each.is_stopped for pk, each in people.items() if pk == author_id or _are_two(people))


def _are_two(people: dict[int, Reader]) -> bool:
    """Two who write to each other; a place of many in which two are just now is none."""
    return len(people) == 2 and not any(each.is_of_many for each in people.values())


def _shown(deed: Deed, seq: int, here: dict[int, Shown]) -> Shown:
    if isinstance(deed, Sending):
        return Shown(
            id=seq, seq=seq, conversation_id=deed.conversation_id, author_id=deed.author_id, facts=deed.facts,
            client_id=deed.client_id, state=MessageState.HERE, sent_at=deed.now, changed_at=None,
        )  # fmt: skip
    return changes.shown_after(deed, here[deed.message_id], seq)


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
                deed.looked.label,
            )
            for deed, seq in sent
        ],
    )


def _fact(deed: Deed, shown: Shown) -> Event:
    if isinstance(deed, Changing):
        return changes.fact(deed, shown)
    subject, ids = f"message:{shown.id}", {"conversation_id": shown.conversation_id, "message_id": shown.id}
    if deed.author_id is None:
        return events.LineSaid(actor_id=None, subject=subject, **ids)
    return events.MessageSent(actor_id=deed.author_id, subject=subject, **ids)


def _recall(deed: Deed) -> Shown | None:
    """The message that this very sending made before."""
    if isinstance(deed, Changing):
        return None
    return queries.sent_as(deed.author_id, deed.client_id)


def is_of_other_words(shown: Shown | Kept, sending: Sending) -> bool:
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
    """Tidy, measure and seal; touches no database, looks at nothing yet. Raises Unfit with a kind sentence."""
    text, note = fit(text, note)
    client_id = fit_client_id(client_id)
    facts = {"text": text, "note": note} if note else {"text": text}
    sealed = sealing.seal_facts(key, facts, place_of(author_id, client_id))
    return Sending(conversation_id, author_id, client_id, sealed, facts, now)


def words_of(facts: dict[str, str]) -> str:
    """What is looked at: the words, and the note after them, so that places in the words stay what they are."""
    return f"{facts['text']}\n{facts['note']}" if "note" in facts else facts["text"]


def with_look(sending: Sending, looked: Looked, key: sealing.SealingKey) -> Sending:
    """The same sending with what was noticed in it, reasons sealed."""
    kept = kept_of(looked, key, place_of(sending.author_id, sending.client_id)) if looked.found else ()
    return replace(sending, looked=looked, kept=kept)
