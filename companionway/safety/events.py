"""What this room tells others. Ids only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from companionway.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocked(Event):
    name: ClassVar[str] = "safety.blocked"
    blocked_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockLifted(Event):
    name: ClassVar[str] = "safety.block_lifted"
    blocked_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptApart(Event):
    name: ClassVar[str] = "safety.kept_apart"
    one_id: int
    other_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptApartEnded(Event):
    name: ClassVar[str] = "safety.kept_apart_ended"
    one_id: int
    other_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepApartWished(Event):
    name: ClassVar[str] = "safety.keep_apart_wished"
    programme_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepApartWishSettled(Event):
    name: ClassVar[str] = "safety.keep_apart_wish_settled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported(Event):
    name: ClassVar[str] = "safety.reported"
    report_id: int
    programme_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTaken(Event):
    name: ClassVar[str] = "safety.report_taken"
    report_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportAnswered(Event):
    name: ClassVar[str] = "safety.report_answered"
    report_id: int
    reporter_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpLinesChanged(Event):
    name: ClassVar[str] = "safety.helplines_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PairReasonRead(Event):
    """Somebody read why a coordinator keeps two people apart. Neither of the two is told."""

    name: ClassVar[str] = "safety.pair_reason_read"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineSaidToFail(Event):
    """A number was said not to work. By whom is not kept."""

    name: ClassVar[str] = "safety.line_said_to_fail"
