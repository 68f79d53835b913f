"""What we tell of being missed: ids only, never words, and never who named whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from companionway.clubhouse.events import OfAHouse


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachChosen(OfAHouse):
    name: ClassVar[str] = "reachout.reach_chosen"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachStopped(OfAHouse):
    """Nobody asks after them any more, from this moment."""

    name: ClassVar[str] = "reachout.reach_stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignGiven(OfAHouse):
    name: ClassVar[str] = "reachout.sign_given"


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedListed(OfAHouse):
    """Somebody who asked for it is missed; those they named see it."""

    name: ClassVar[str] = "reachout.missed_listed"


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedTaken(OfAHouse):
    name: ClassVar[str] = "reachout.missed_taken"


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedAnswered(OfAHouse):
    name: ClassVar[str] = "reachout.missed_answered"
