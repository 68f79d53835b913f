"""What we tell of groups. Ids only; where a tradition keeps no list of who belongs, nobody is named at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from companionway.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfAGroup(Event):
    group_id: int
    programme_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupBegun(_OfAGroup):
    name: ClassVar[str] = "groups.begun"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupChanged(_OfAGroup):
    """What it says of itself, when it meets, or who reads what was written before they came."""

    name: ClassVar[str] = "groups.changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupEnded(_OfAGroup):
    name: ClassVar[str] = "groups.ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceAsked(_OfAGroup):
    """Somebody waits for a place."""

    name: ClassVar[str] = "groups.place_asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceOffered(_OfAGroup):
    """`about_id` is asked whether they still want it; it is held for some days."""

    name: ClassVar[str] = "groups.place_offered"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceWentOn(_OfAGroup):
    """`about_id` did not answer in time."""

    name: ClassVar[str] = "groups.place_went_on"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceTaken(_OfAGroup):
    name: ClassVar[str] = "groups.place_taken"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceFreed(_OfAGroup):
    """Somebody left the group or its queue. Who, is kept nowhere."""

    name: ClassVar[str] = "groups.place_freed"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedAtTheDoor(_OfAGroup):
    name: ClassVar[str] = "groups.agreed"
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalMade(_OfAGroup):
    name: ClassVar[str] = "groups.proposal_made"
    proposal_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalDecided(_OfAGroup):
    name: ClassVar[str] = "groups.proposal_decided"
    proposal_id: int
    passed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalHeardAgain(_OfAGroup):
    """Most were for it; whoever was not is heard once more, and everybody votes again."""

    name: ClassVar[str] = "groups.proposal_heard_again"
    proposal_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PollOpened(_OfAGroup):
    name: ClassVar[str] = "groups.poll_opened"
    poll_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PollClosed(_OfAGroup):
    name: ClassVar[str] = "groups.poll_closed"
    poll_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteCounted(_OfAGroup):
    """Somebody voted. Not who, and not what."""

    name: ClassVar[str] = "groups.vote_counted"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaceOpened(_OfAGroup):
    name: ClassVar[str] = "groups.space_opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pinned(_OfAGroup):
    name: ClassVar[str] = "groups.pinned"


@dataclass(frozen=True, slots=True, kw_only=True)
class PinTakenDown(_OfAGroup):
    name: ClassVar[str] = "groups.pin_taken_down"


@dataclass(frozen=True, slots=True, kw_only=True)
class PausedInSpace(_OfAGroup):
    """`about_id` reads and does not write for some days, for a reason they read."""

    name: ClassVar[str] = "groups.paused_in_space"


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseOver(_OfAGroup):
    name: ClassVar[str] = "groups.pause_over"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeavingOutPut(_OfAGroup):
    """`about_id` reads that the group decides whether they stay away for a while, and can answer."""

    name: ClassVar[str] = "groups.leaving_out_put"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOutOfGroup(_OfAGroup):
    """`about_id` stays away for a while, by the group's own decision; they read why, and until when."""

    name: ClassVar[str] = "groups.left_out"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedToLookAgain(_OfAGroup):
    """The group is asked once more, by nobody it is told the name of."""

    name: ClassVar[str] = "groups.asked_to_look_again"


@dataclass(frozen=True, slots=True, kw_only=True)
class WelcomeBack(_OfAGroup):
    """`about_id` may come again: its days are over, or it was decided otherwise."""

    name: ClassVar[str] = "groups.welcome_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkAsked(_OfAGroup):
    """`about_id`, who holds the group, is asked for a private word."""

    name: ClassVar[str] = "groups.talk_asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkOver(_OfAGroup):
    name: ClassVar[str] = "groups.talk_over"


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionChanged(_OfAGroup):
    """`about_id` holds a position of the group from now on, or does not any more."""

    name: ClassVar[str] = "groups.position_changed"
