"""What we tell: ids only, never words. `about_id` is the person who should hear of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from companionway.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfRequest(Event):
    """`subject` is "request:ID"."""

    request_id: int
    member_id: int
    programme_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(_OfRequest):
    name: ClassVar[str] = "introductions.asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class WishesChanged(_OfRequest):
    name: ClassVar[str] = "introductions.wishes_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestPaused(_OfRequest):
    name: ClassVar[str] = "introductions.request_paused"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestReopened(_OfRequest):
    name: ClassVar[str] = "introductions.request_reopened"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestWithdrawn(_OfRequest):
    name: ClassVar[str] = "introductions.request_withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelNeeded(_OfRequest):
    name: ClassVar[str] = "introductions.level_needed"


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfTwo(Event):
    """`subject` is "introduction:ID"."""

    introduction_id: int
    member_id: int
    supporter_id: int
    programme_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SupporterAsked(_OfTwo):
    """A member asked; `about_id` is the supporter."""

    name: ClassVar[str] = "introductions.supporter_asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportOfferedTo(_OfTwo):
    """A supporter offered; `about_id` is the member."""

    name: ClassVar[str] = "introductions.offered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed(_OfTwo):
    """A coordinator proposed the two to each other, or a cover took an ask over; both should hear."""

    name: ClassVar[str] = "introductions.proposed"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredYes(_OfTwo):
    """One said yes and the other (`about_id`) is asked now."""

    name: ClassVar[str] = "introductions.answered_yes"


@dataclass(frozen=True, slots=True, kw_only=True)
class RestingNow(_OfTwo):
    """Somebody is not able to right now; `about_id` is the other one."""

    name: ClassVar[str] = "introductions.resting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed(_OfTwo):
    """It closed; `about_id` is the one who should hear, gently, or None."""

    name: ClassVar[str] = "introductions.closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class BothSaidYes(_OfTwo):
    """They walk together from here (support.Began says the same of the relationship)."""

    name: ClassVar[str] = "introductions.both_said_yes"
    relationship_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalsMade(Event):
    """A coordinator proposed several introductions at once from the whole waiting list."""

    name: ClassVar[str] = "introductions.proposals_made"
    introduction_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ValuesChosen(Event):
    """What the organisation puts first when it proposes: `subject` is "organisation:ID"."""

    name: ClassVar[str] = "introductions.values_chosen"
    values_first: str
