"""What we tell of a meeting that happens: ids only. `subject` is "gathering:ID of the meeting".

Where the tradition keeps no attendance `actor_id` is empty: who opened or closed an evening was there. What happens
inside (seats, shares, turns) is never written down at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from companionway.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfAMeeting(Event):
    meeting_id: int
    series_id: int
    programme_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GatheringOpened(_OfAMeeting):
    name: ClassVar[str] = "gatherings.opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class GatheringClosed(_OfAMeeting):
    name: ClassVar[str] = "gatherings.closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver(_OfAMeeting):
    """Those who held it wrote what the next should know."""

    name: ClassVar[str] = "gatherings.handed_over"


@dataclass(frozen=True, slots=True, kw_only=True)
class CountingDecided(Event):
    """The group agreed that heads are counted, or took it back. `subject` is "series:ID"; nobody is named."""

    name: ClassVar[str] = "gatherings.counting_decided"
    series_id: int
    is_agreed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundOutside(Event):
    """Something of these meetings was found outside. `subject` is "series:ID"; who said so is told to nobody."""

    name: ClassVar[str] = "gatherings.found_outside"
    series_id: int
    programme_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyWished(Event):
    """Somebody who held a meeting would like company afterwards. Which meeting it was is not said on purpose."""

    name: ClassVar[str] = "gatherings.company_wished"
    programme_id: int
