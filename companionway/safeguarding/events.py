"""What this room tells others. Ids only, and never whom a record is about: nothing of it may show on their pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from companionway.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordWritten(Event):
    name: ClassVar[str] = "safeguarding.record_written"
    record_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordOpened(Event):
    name: ClassVar[str] = "safeguarding.record_opened"
    record_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAddedTo(Event):
    name: ClassVar[str] = "safeguarding.record_added_to"
    record_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRecorded(Event):
    name: ClassVar[str] = "safeguarding.decision_recorded"
    record_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorAnswered(Event):
    name: ClassVar[str] = "safeguarding.author_answered"
    record_id: int
    author_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordClosed(Event):
    name: ClassVar[str] = "safeguarding.record_closed"
    record_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordReopened(Event):
    name: ClassVar[str] = "safeguarding.record_reopened"
    record_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordHeld(Event):
    name: ClassVar[str] = "safeguarding.record_held"
    record_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordLetGo(Event):
    name: ClassVar[str] = "safeguarding.record_let_go"
    record_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFromSomebody(Event):
    """Somebody was named whom a record is about, or who is too close to it. Who, only the record says."""

    name: ClassVar[str] = "safeguarding.kept_from_somebody"
    record_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordHandedOut(Event):
    name: ClassVar[str] = "safeguarding.record_handed_out"
    record_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrangementsMade(Event):
    name: ClassVar[str] = "safeguarding.arrangements_made"


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyChecked(Event):
    name: ClassVar[str] = "safeguarding.duty_checked"
