"""What we tell of the house: ids only, never words.

Deeds on the board, being here and choosing a unit are told without who did them: the record of deeds is kept for
years, and nobody's days are counted from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from companionway.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class OfAHouse(Event):
    programme_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursSet(OfAHouse):
    name: ClassVar[str] = "clubhouse.hours_set"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitBegun(OfAHouse):
    name: ClassVar[str] = "clubhouse.unit_begun"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRenamed(OfAHouse):
    name: ClassVar[str] = "clubhouse.unit_renamed"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitClosed(OfAHouse):
    name: ClassVar[str] = "clubhouse.unit_closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitCaredFor(OfAHouse):
    """Somebody cares for a unit this week."""

    name: ClassVar[str] = "clubhouse.unit_cared_for"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitChosen(OfAHouse):
    """Somebody made a unit theirs, or no more; who it was is not said."""

    name: ClassVar[str] = "clubhouse.unit_chosen"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskAdded(OfAHouse):
    name: ClassVar[str] = "clubhouse.task_added"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskTaken(OfAHouse):
    name: ClassVar[str] = "clubhouse.task_taken"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskHandedOn(OfAHouse):
    name: ClassVar[str] = "clubhouse.task_handed_on"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDone(OfAHouse):
    name: ClassVar[str] = "clubhouse.task_done"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskThanked(OfAHouse):
    name: ClassVar[str] = "clubhouse.task_thanked"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskTakenAway(OfAHouse):
    name: ClassVar[str] = "clubhouse.task_taken_away"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecurringBegun(OfAHouse):
    name: ClassVar[str] = "clubhouse.recurring_begun"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecurringEnded(OfAHouse):
    name: ClassVar[str] = "clubhouse.recurring_ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingArranged(OfAHouse):
    name: ClassVar[str] = "clubhouse.meeting_arranged"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingOpened(OfAHouse):
    name: ClassVar[str] = "clubhouse.meeting_opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingClosed(OfAHouse):
    name: ClassVar[str] = "clubhouse.meeting_closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemAdded(OfAHouse):
    name: ClassVar[str] = "clubhouse.item_added"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemTakenBack(OfAHouse):
    name: ClassVar[str] = "clubhouse.item_taken_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionWritten(OfAHouse):
    name: ClassVar[str] = "clubhouse.decision_written"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionWritten(OfAHouse):
    name: ClassVar[str] = "clubhouse.action_written"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionMoved(OfAHouse):
    """Somebody cares for it now, or it is done."""

    name: ClassVar[str] = "clubhouse.action_moved"


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesWritten(OfAHouse):
    name: ClassVar[str] = "clubhouse.minutes_written"


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesAgreed(OfAHouse):
    name: ClassVar[str] = "clubhouse.minutes_agreed"


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidHere(OfAHouse):
    """Somebody is here today; who it was is not said."""

    name: ClassVar[str] = "clubhouse.said_here"


@dataclass(frozen=True, slots=True, kw_only=True)
class CameBack(OfAHouse):
    """Somebody belongs again, by themselves."""

    name: ClassVar[str] = "clubhouse.came_back"
