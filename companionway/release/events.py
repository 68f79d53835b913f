"""What this room tells others. Ids only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from companionway.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class TraineeshipBegan(Event):
    name: ClassVar[str] = "release.traineeship_began"
    traineeship_id: int
    programme_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedFor(Event):
    """A mentor signed that the next stage is right; it begins when enough have signed."""

    name: ClassVar[str] = "release.signed_for"
    traineeship_id: int
    stage_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StageChanged(Event):
    name: ClassVar[str] = "release.stage_changed"
    traineeship_id: int
    stage_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TraineeshipEnded(Event):
    name: ClassVar[str] = "release.traineeship_ended"
    traineeship_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaceSwitched(Event):
    """In a programme, or in one conversation of it, everybody's words are read first from now on; or no more."""

    name: ClassVar[str] = "release.space_switched"
    programme_id: int
    conversation_id: int | None = None
    is_on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyHeld(Event):
    name: ClassVar[str] = "release.reply_held"
    reply_id: int
    programme_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldReplyChanged(Event):
    name: ClassVar[str] = "release.reply_changed"
    reply_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldReplyWithdrawn(Event):
    name: ClassVar[str] = "release.reply_withdrawn"
    reply_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyReleased(Event):
    name: ClassVar[str] = "release.reply_released"
    reply_id: int
    message_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplySentBack(Event):
    name: ClassVar[str] = "release.reply_sent_back"
    reply_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyClosed(Event):
    """The conversation ended before a mentor had read it. Nothing was sent."""

    name: ClassVar[str] = "release.reply_closed"
    reply_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyWaitsLong(Event):
    """Nobody has read it for a day: everybody who could is told."""

    name: ClassVar[str] = "release.reply_waits_long"
    reply_id: int
    programme_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PromisePassed(Event):
    """The promised time passed; the member was told when they will hear instead."""

    name: ClassVar[str] = "release.promise_passed"
    reply_id: int
    programme_id: int
    conversation_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidBeside(Event):
    """Something was written in the thread beside a conversation."""

    name: ClassVar[str] = "release.said_beside"
    thread_id: int
