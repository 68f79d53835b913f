"""Writing with a gate: who has none goes the usual way, who has one is asked about inside the same transaction."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError

from companionway.conversations import gates, places, telling
from companionway.conversations.bubbles import Shown
from companionway.conversations.gates import Kept
from companionway.conversations.writing import WRITER, Deed, Sending, first_in_order
from companionway.foundation import lane
from companionway.foundation.lane import Writer


def _write(deeds: Sequence[Deed]) -> Sequence[Shown | Kept | Exception]:
    first_in_order()
    decided = [
        gates.decide(each) if isinstance(each, Sending) else gates.decide_change(each) for each in deeds
    ]
    passing = [each for each, found in zip(deeds, decided, strict=True) if found is None]
    sent = iter(WRITER.write(passing) if passing else ())
    return [next(sent) if found is None else found for found in decided]


def _tell(fresh: Sequence[Shown | Kept]) -> None:
    """Only messages are told; what is kept is nobody's news but its author's, who has the answer."""
    if messages := [each for each in fresh if isinstance(each, Shown)]:
        telling.tell(messages)


GATED: Writer[Deed, Shown | Kept] = Writer(write=_write, recall=WRITER.recall, tell=_tell)


def do(deed: Deed, author_id: int, conversation_id: int) -> Shown | Kept:
    """Write as part of the caller's transaction, with the gate that stands there."""
    writer = writer_of(places.gated_in(conversation_id), author_id)
    try:
        return lane.do(writer, deed)
    except IntegrityError:
        if writer is GATED:
            raise
        # The database knows of a gate that is not remembered here.
        gates.forget()
        places.forget_here(conversation_id)
        return lane.do(GATED, deed)


def writer_of(gated: frozenset[int], author_id: int) -> Writer[Deed, Shown | Kept]:
    """Who writes down what this author sends."""
    return GATED if author_id in gated else WRITER  # type: ignore[return-value]
