"""What this room tells others. Ids only: whose turn it is, never a number or a word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from companionway.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class RotaChanged(Event):
    """The weekly pattern is another one. `subject` is the organisation."""

    name: ClassVar[str] = "oncall.rota_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class RotaStopped(Event):
    """The organisation keeps no rota from now on: only its opening hours say when the team is there."""

    name: ClassVar[str] = "oncall.rota_stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnTaken(Event):
    """A turn has somebody: the actor themselves, or `about_id` whom the keeper of the rota put there."""

    name: ClassVar[str] = "oncall.turn_taken"
    step: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnLeft(Event):
    """Somebody cannot do (the rest of) a turn, and nobody has it now. Never a reason."""

    name: ClassVar[str] = "oncall.turn_left"
    organisation_id: int
    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnOffered(Event):
    """A turn was offered to `about_id`; it stays where it is until they say yes."""

    name: ClassVar[str] = "oncall.turn_offered"


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnHandedOver(Event):
    """The actor goes on with a turn of `about_id`. `subject` is the new turn."""

    name: ClassVar[str] = "oncall.turn_handed_over"
    from_turn_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferDeclined(Event):
    """The actor cannot take the turn that `about_id` offered. Never a reason."""

    name: ClassVar[str] = "oncall.offer_declined"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferWithdrawn(Event):
    name: ClassVar[str] = "oncall.offer_withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneListChanged(Event):
    name: ClassVar[str] = "oncall.phone_list_changed"
