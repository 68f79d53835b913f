"""What this room tells the others: ids of programmes and conversations. Never a message, a writer or a word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from companionway.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class SomethingWaits(Event):
    """Something new waits in the queue of a programme; told by a duty for everything together, a little later.

    Not written with the message: the record would say for years, in the order of what happened, whose words it were.
    """

    name: ClassVar[str] = "noticing.something_waits"
    programme_id: int
    side: int
    is_now: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticedAnswered(Event):
    """Somebody on call looked after what waited in a conversation."""

    name: ClassVar[str] = "noticing.answered"
    programme_id: int
    conversation_id: int
    side: int
    deed_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardAnswered(Event):
    """The writer put the card away, or said that it is not what they meant."""

    name: ClassVar[str] = "noticing.card_answered"
    answer_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticingSwitched(Event):
    """Messages of a programme are looked at from now on, or no longer."""

    name: ClassVar[str] = "noticing.switched"
    programme_id: int
    is_on: bool
