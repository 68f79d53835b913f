"""What this room tells the others. Ids only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from companionway.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationOpened(Event):
    name: ClassVar[str] = "conversations.opened"
    conversation_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationClosed(Event):
    name: ClassVar[str] = "conversations.closed"
    conversation_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationErased(Event):
    """Every word in it is destroyed; `proof` is the digest of what was handed out for it."""

    name: ClassVar[str] = "conversations.erased"
    conversation_id: int
    proof: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationReopened(Event):
    name: ClassVar[str] = "conversations.reopened"
    conversation_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaceChanged(Event):
    """Somebody came into a place of many, left it, or pauses there. Nobody is named: leaving leaves no trace."""

    name: ClassVar[str] = "conversations.space_changed"
    conversation_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSent(Event):
    name: ClassVar[str] = "conversations.message_sent"
    conversation_id: int
    message_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LineSaid(Event):
    """The service wrote one of its own lines into a conversation."""

    name: ClassVar[str] = "conversations.line_said"
    conversation_id: int
    message_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageEdited(Event):
    name: ClassVar[str] = "conversations.message_edited"
    conversation_id: int
    message_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageUndone(Event):
    name: ClassVar[str] = "conversations.message_undone"
    conversation_id: int
    message_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageWithdrawn(Event):
    name: ClassVar[str] = "conversations.message_withdrawn"
    conversation_id: int
    message_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageTakenAway(Event):
    """By a decision of the team about a report, with reasons."""

    name: ClassVar[str] = "conversations.message_taken_away"
    conversation_id: int
    message_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagePutBack(Event):
    """An appeal found that it should not have been taken away."""

    name: ClassVar[str] = "conversations.message_put_back"
    conversation_id: int
    message_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalsChosen(Event):
    name: ClassVar[str] = "conversations.signals_chosen"
    conversation_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedInside(Event):
    """One for each person in the conversation, who sees it among the reads about them."""

    name: ClassVar[str] = "conversations.looked_inside"
    conversation_id: int
