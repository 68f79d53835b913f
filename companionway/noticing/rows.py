"""The rows of what was noticed, written inside the transaction that stores the message: both are there, or neither.

Called by the room that writes messages; there is no deed of a person here and nothing to ask policy.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import connection, transaction

from companionway.foundation import sealing, statements
from companionway.foundation.models import new_public_id
from companionway.noticing import telling
from companionway.noticing.looking import Kept
from companionway.noticing.models import ANSWER, Answer, Noticed

_ROWS = statements.Table(
    Noticed._meta.db_table,
    {
        "public_id": "text",
        "programme_id": "bigint",
        "conversation_id": "bigint",
        "message_id": "bigint",
        "side": "smallint",
        "label": "smallint",
        "sealed": "bytea",
        "noticed_at": "timestamptz",
        "card": "text",
    },
)


@dataclass(frozen=True, slots=True)
class Noted:
    """The message that something was noticed in."""

    conversation_id: int
    message_id: int
    now: datetime


def write_noticed(rows: Sequence[tuple[Noted, Kept]]) -> None:
    """Store what was noticed in new messages, in one statement.

    No fact is announced here: the record stands for years in the order of what happened, so a line beside
    "sent by" would keep about a person what is meant to be forgotten. The row itself is what the queue shows.
    """
    at = connection.ops.adapt_datetimefield_value
    if not rows:
        return
    statements.write_rows(
        _ROWS,
        [
            (
                new_public_id(),
                kept.programme_id,
                place.conversation_id,
                place.message_id,
                kept.side,
                kept.label,
                kept.sealed,
                at(place.now),
                kept.card,
            )
            for place, kept in rows
        ],
    )
    _tell_screens({kept.programme_id for _, kept in rows})


def change_noticed(place: Noted, kept: Sequence[Kept]) -> None:
    """The words of a message were changed, and looked at again.

    What waits is never lowered by that: somebody looks, and is told that the words have changed. What is new in them
    waits anew, also where an answer was given to the words before. Source: safety.md, T14 (missed alarm).
    """
    here = {each.side: each for each in Noticed.objects.filter(message_id=place.message_id)}
    for each in kept:
        was = here.pop(each.side, None)
        if was is None:
            continue
        label = max(was.label, each.label) if was.answer_id is None else each.label
        Noticed.objects.filter(pk=was.pk).update(
            sealed=each.sealed,
            label=label,
            changed_at=place.now,
            answer=None,
            card=each.card,
            card_at=None,
            told_at=None,
        )
    forget_reasons(place, [each.pk for each in here.values()])
    known = set(Noticed.objects.filter(message_id=place.message_id).values_list("side", flat=True))
    write_noticed([(place, each) for each in kept if each.side not in known])
    _tell_screens({each.programme_id for each in kept})


def goes_on(held_id: int, message_id: int) -> None:
    """Words that waited to be read are a message now: what was noticed and answered in them goes on with it.

    `held_id`: the number below nought that they had. What the message was found to hold anew is not asked twice.
    """
    for row in Noticed.objects.filter(message_id=held_id):
        twin = Noticed.objects.filter(message_id=message_id, side=row.side).first()
        if twin is not None and twin.changed_at is not None:
            # A change of a message about which something waited already.
            if row.label >= twin.label:
                Noticed.objects.filter(pk=twin.pk).update(answer=row.answer, told_at=row.told_at)
            row.delete()
            continue
        if twin is not None:
            row.label, row.sealed = max(row.label, twin.label), twin.sealed
            twin.delete()
        row.message_id = message_id
        row.save(update_fields=["message_id", "label", "sealed"])


def forget_reasons(place: Noted, ids: Sequence[int] | None = None) -> None:
    """The words are gone, or are others: why something was noticed goes with them; that it was, waits for a human."""
    rows = Noticed.objects.filter(message_id=place.message_id)
    if ids is not None:
        rows = rows.filter(pk__in=ids)
    rows.update(sealed=b"", changed_at=place.now)


def forget_noticed(message_ids: Iterable[int]) -> None:
    """Their writer deleted everything: nothing of it stays."""
    Noticed.objects.filter(message_id__in=message_ids).delete()


def forget_conversation(conversation_id: int, now: datetime) -> int:
    """The conversation is destroyed, with everything that was noticed and answered in it; returns how many rows."""
    forget_why([conversation_id], now)
    rows = Noticed.objects.filter(conversation_id=conversation_id).delete()[0]
    return rows + Answer.objects.filter(conversation_id=conversation_id).delete()[0]


def forget_why(conversation_ids: Collection[int], now: datetime) -> None:
    """Somebody of these conversations deleted everything: what was written about their words goes as well."""
    answers = Answer.objects.filter(conversation_id__in=conversation_ids).exclude(sealed_reason=b"")
    for pk in answers.values_list("pk", flat=True):
        sealing.destroy_key(ANSWER, pk, now=now)
    answers.update(sealed_reason=b"")


def _tell_screens(programme_ids: Collection[int]) -> None:
    """A hint to look again, once it is committed. The rows are what counts: a screen that misses it asks for itself."""
    for programme_id in programme_ids:
        transaction.on_commit(partial(telling.tell, programme_id), robust=True)
