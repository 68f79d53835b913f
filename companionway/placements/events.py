"""What we tell of places to work: ids only, never words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from companionway.clubhouse.events import OfAHouse


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementBegun(OfAHouse):
    name: ClassVar[str] = "placements.placement_begun"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementClosed(OfAHouse):
    name: ClassVar[str] = "placements.placement_closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestSaid(OfAHouse):
    name: ClassVar[str] = "placements.interest_said"


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderChosen(OfAHouse):
    """The house decided that `about_id` may have a place."""

    name: ClassVar[str] = "placements.holder_chosen"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkBegun(OfAHouse):
    name: ClassVar[str] = "placements.work_begun"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkEnded(OfAHouse):
    name: ClassVar[str] = "placements.work_ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverOffered(OfAHouse):
    name: ClassVar[str] = "placements.cover_offered"


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverAsked(OfAHouse):
    """Nobody goes on a day of a place of the house: those who can are asked."""

    name: ClassVar[str] = "placements.cover_asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverTaken(OfAHouse):
    name: ClassVar[str] = "placements.cover_taken"


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverFallsToStaff(OfAHouse):
    """It was promised to the employer: members of staff are asked."""

    name: ClassVar[str] = "placements.cover_falls_to_staff"
