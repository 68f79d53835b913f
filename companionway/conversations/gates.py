"""A gate before somebody's words: an upper room may take them in first, and let them go later as a message.

Whose words go through it is remembered with the conversation (`places.Place.gated`), so whoever has no gate pays
nothing. The deed is the same Sending or Changing as everybody's (`gated`); the answer is the message, or `Kept`: taken
in, stored, and no message yet. Nothing that reads messages can meet what is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString

from companionway.conversations.bubbles import Look
from companionway.conversations.states import MessageState
from companionway.foundation.policy import YES, Verdict


@dataclass(frozen=True, slots=True)
class Kept:
    """Words that were taken in and are no message. `changed_at` is set when they are not the words first sent."""

    public_id: str
    conversation_id: int
    author_id: int
    client_id: str
    facts: dict[str, str]
    changed_at: datetime | None
    is_waiting: bool
    number: int
    held_at: datetime
    promised_at: datetime
    # By the place it was written in, not because its author learns.
    is_of_space: bool = False
    # Other words for a message that stands.
    is_change: bool = False
    # Compared with what is sent under the same name, as a message is.
    state: str = MessageState.HERE


@dataclass(frozen=True, slots=True)
class Panel:
    """What the page of a conversation with a gate shows beside the messages, for one of those who are in it."""

    head: SafeString
    tail: SafeString
    readers: str
    may_ask: bool = False


@dataclass(frozen=True, slots=True)
class Gate:
    """`whose(conversation, participants)`: those of them whose words are asked for first.

    It may name too many, from memory; `decide` and `decide_change` are asked inside the transaction that would write.
    `noted` and `held_by`: what was taken in, by numbers below nought where a message has one of its own.
    """

    whose: Callable[[Any, Sequence[Any]], frozenset[int]]
    decide: Callable[[Any], Kept | Exception | None]
    decide_change: Callable[[Any], Kept | Exception | None]
    may_change: Callable[[int, int], Verdict]
    has_taken: Callable[[int, str], bool]
    answer: Callable[[Kept, Look], dict[str, Any]]
    panel: Callable[[Any, Any, frozenset[int]], Panel | None]
    noted: Callable[[Collection[int]], list[Kept]]
    held_by: Callable[[int], Any]
    forget: Callable[[], None]


_gates: list[Gate] = []
# What remembers who has a gate: how to drop all of it, and how to drop one conversation everywhere.
_memories: list[tuple[Callable[[], None], Callable[[int], None]]] = []


def remembers(drop_all: Callable[[], None], drop_one: Callable[[int], None]) -> None:
    _memories.append((drop_all, drop_one))


def register(gate: Gate) -> None:
    _gates[:] = [gate]


def whose(conversation: Any, participants: Sequence[Any]) -> frozenset[int]:
    """Who of these has a gate in this conversation. Asked when a place is loaded, never at each sending."""
    found: frozenset[int] = frozenset()
    return found.union(*(gate.whose(conversation, participants) for gate in _gates))


def decide(sending: Any) -> Kept | Exception | None:
    """Inside the writing transaction: what was kept, why not, or None when these words go."""
    return _gates[0].decide(sending) if _gates else None


def decide_change(changing: Any) -> Kept | Exception | None:
    """The same for other words in place of those of a message that went."""
    return _gates[0].decide_change(changing) if _gates else None


def noted(numbers: Collection[int]) -> list[Kept]:
    """Words that were taken in, for those who may read what was noticed in them."""
    return _gates[0].noted(numbers) if _gates and numbers else []


def held_by(person_id: int) -> Any:
    """The numbers of words of theirs that were taken in, as part of another question."""
    return _gates[0].held_by(person_id) if _gates else []


def may_change(gated: frozenset[int], author_id: int, conversation_id: int) -> Verdict:
    """Whether words that went may be replaced by words that nobody was asked about."""
    return _gates[0].may_change(author_id, conversation_id) if author_id in gated else YES


def has_taken(person_id: int, client_id: str) -> bool:
    """Whether words under this name were taken in: then they are no draft any more."""
    return any(gate.has_taken(person_id, client_id) for gate in _gates)


def answer(kept: Kept, look: Look) -> dict[str, Any]:
    """What the device of the author is told."""
    return _gates[0].answer(kept, look)


def panel(person: Any, conversation: Any, gated: frozenset[int]) -> Panel | None:
    return _gates[0].panel(person, conversation, gated) if gated else None


def forget_places() -> None:
    """Who has a gate changed in another process: every conversation is asked about again."""
    for drop_all, _drop_one in _memories:
        drop_all()


def changed_in(conversation_id: int) -> None:
    """Who has a gate in this conversation changes with the deed that is being done."""
    for _drop_all, drop_one in _memories:
        drop_one(conversation_id)


def forget() -> None:
    """Something was refused that should have been kept: what is remembered here is behind."""
    for gate in _gates:
        gate.forget()
