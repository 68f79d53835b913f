"""What we tell of calendars: ids only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from companionway.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedMade(Event):
    name: ClassVar[str] = "calendars.feed_made"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedTakenBack(Event):
    name: ClassVar[str] = "calendars.feed_taken_back"
