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
class RecordAsked(OfAHouse):
    """One of the two would like to write a record together; `about_id` is the other."""

    name: ClassVar[str] = "clubhouse.record_asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAgreed(OfAHouse):
    """The other said yes: from now on words may be written."""

    name: ClassVar[str] = "clubhouse.record_agreed"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordWritten(OfAHouse):
    """There is a newer version, which nobody has signed."""

    name: ClassVar[str] = "clubhouse.record_written"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSigned(OfAHouse):
    """One of the two signed the version that stands; `is_locked`: both have."""

    name: ClassVar[str] = "clubhouse.record_signed"
    is_locked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSetAside(OfAHouse):
    """It is gone: a no, or not wanted any more."""

    name: ClassVar[str] = "clubhouse.record_set_aside"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordOpened(OfAHouse):
    """The other of the two opened a record of `about_id`."""

    name: ClassVar[str] = "clubhouse.record_opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidHere(OfAHouse):
    """Somebody is here today; who it was is not said."""

    name: ClassVar[str] = "clubhouse.said_here"


@dataclass(frozen=True, slots=True, kw_only=True)
class CameBack(OfAHouse):
    """Somebody belongs again, by themselves."""

    name: ClassVar[str] = "clubhouse.came_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachChosen(OfAHouse):
    name: ClassVar[str] = "clubhouse.reach_chosen"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachStopped(OfAHouse):
    """Nobody asks after them any more, from this moment."""

    name: ClassVar[str] = "clubhouse.reach_stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignGiven(OfAHouse):
    name: ClassVar[str] = "clubhouse.sign_given"


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedListed(OfAHouse):
    """Somebody who asked for it is missed; those they named see it."""

    name: ClassVar[str] = "clubhouse.missed_listed"


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedTaken(OfAHouse):
    name: ClassVar[str] = "clubhouse.missed_taken"


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedAnswered(OfAHouse):
    name: ClassVar[str] = "clubhouse.missed_answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementBegun(OfAHouse):
    name: ClassVar[str] = "clubhouse.placement_begun"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementClosed(OfAHouse):
    name: ClassVar[str] = "clubhouse.placement_closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestSaid(OfAHouse):
    name: ClassVar[str] = "clubhouse.interest_said"


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderChosen(OfAHouse):
    """The house decided that `about_id` may have a place."""

    name: ClassVar[str] = "clubhouse.holder_chosen"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkBegun(OfAHouse):
    name: ClassVar[str] = "clubhouse.work_begun"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkEnded(OfAHouse):
    name: ClassVar[str] = "clubhouse.work_ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverOffered(OfAHouse):
    name: ClassVar[str] = "clubhouse.cover_offered"


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverAsked(OfAHouse):
    """Nobody goes on a day of a place of the house: those who can are asked."""

    name: ClassVar[str] = "clubhouse.cover_asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverTaken(OfAHouse):
    name: ClassVar[str] = "clubhouse.cover_taken"


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverFallsToStaff(OfAHouse):
    """It was promised to the employer: members of staff are asked."""

    name: ClassVar[str] = "clubhouse.cover_falls_to_staff"
