"""What this room tells others. Ids only; never whom a concern is about: that would stand on a page of theirs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from companionway.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfConcern(Event):
    concern_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcernRaised(_OfConcern):
    name: ClassVar[str] = "concerns.raised"
    is_drill: bool = False
    told_ids: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcernJoined(_OfConcern):
    """Another concern about the same person within the hour: it has joined the first."""

    name: ClassVar[str] = "concerns.joined"
    told_ids: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsAdded(_OfConcern):
    name: ClassVar[str] = "concerns.words_added"
    told_ids: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcernClimbed(_OfConcern):
    """One step further: who was told, or told again."""

    name: ClassVar[str] = "concerns.climbed"
    round: int
    stage: int
    told_ids: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class NobodyReached(_OfConcern):
    name: ClassVar[str] = "concerns.nobody_reached"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcernAcknowledged(_OfConcern):
    name: ClassVar[str] = "concerns.acknowledged"
    raiser_ids: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcernHandedOver(_OfConcern):
    name: ClassVar[str] = "concerns.handed_over"
    round: int = 0
    told_ids: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderAsked(_OfConcern):
    """Whether they still have it; `asked` is the second of the asking, so that each asking is told."""

    name: ClassVar[str] = "concerns.holder_asked"
    holder_id: int
    asked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcernStoodDown(_OfConcern):
    name: ClassVar[str] = "concerns.stood_down"


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRecorded(_OfConcern):
    name: ClassVar[str] = "concerns.decision_recorded"
    kind_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcernShown(_OfConcern):
    """From now on the person it is about can see that it exists, and what was decided."""

    name: ClassVar[str] = "concerns.shown"
    member_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcernClosed(_OfConcern):
    name: ClassVar[str] = "concerns.closed"
    is_drill: bool = False
    raiser_ids: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskSet(_OfConcern):
    """Something is due, or a talk afterwards is offered, to a named person."""

    name: ClassVar[str] = "concerns.task_set"
    task_id: int
    kind_key: str
    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DebriefAnswered(_OfConcern):
    name: ClassVar[str] = "concerns.debrief_answered"
    task_id: int
    wanted: bool
    holder_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDone(_OfConcern):
    name: ClassVar[str] = "concerns.task_done"
    task_id: int
    kind_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaceSet(Event):
    name: ClassVar[str] = "concerns.pace_set"
    organisation_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskLate(_OfConcern):
    name: ClassVar[str] = "concerns.task_late"
    task_id: int
    person_ids: list[int] = field(default_factory=list)
