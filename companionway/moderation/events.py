"""What we tell: ids only, never a word, an outcome or a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from companionway.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfADecision(Event):
    decision_id: int
    programme_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondWanted(_OfADecision):
    """A decision does nothing until a second person has read it.

    `has_nobody`: an administrator is asked to see to one.
    """

    name: ClassVar[str] = "moderation.second_wanted"
    has_nobody: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided(_OfADecision):
    """It holds; `about_id` finds a statement of reasons. Nothing is told to them when nothing wrong was found."""

    name: ClassVar[str] = "moderation.decided"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedBack(_OfADecision):
    """To whoever made it, with words; the person it is about hears nothing. `maker_id` does."""

    name: ClassVar[str] = "moderation.handed_back"
    maker_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRead(_OfADecision):
    name: ClassVar[str] = "moderation.statement_read"


@dataclass(frozen=True, slots=True, kw_only=True)
class Appealed(_OfADecision):
    name: ClassVar[str] = "moderation.appealed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seated(_OfADecision):
    """`about_id` is asked to sit on a panel."""

    name: ClassVar[str] = "moderation.seated"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatLeft(_OfADecision):
    name: ClassVar[str] = "moderation.seat_left"


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelMissing(_OfADecision):
    """Nobody, or too few, can hear an appeal: administrators and the one who appealed (`about_id`) are told so."""

    name: ClassVar[str] = "moderation.panel_missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealLate(_OfADecision):
    name: ClassVar[str] = "moderation.appeal_late"


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewWritten(_OfADecision):
    name: ClassVar[str] = "moderation.view_written"


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealAnswered(_OfADecision):
    name: ClassVar[str] = "moderation.appeal_answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelYesSaid(Event):
    name: ClassVar[str] = "moderation.panel_yes_said"
    is_yes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedAndBlocked(Event):
    """One press: a walk ended, a block made, the words kept in a report. The other is told none of it."""

    name: ClassVar[str] = "moderation.ended_and_blocked"
    report_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SameRecorded(Event):
    """Two names may be one person: a second person of the team is asked."""

    name: ClassVar[str] = "moderation.same_recorded"


@dataclass(frozen=True, slots=True, kw_only=True)
class SameConfirmed(Event):
    name: ClassVar[str] = "moderation.same_confirmed"


@dataclass(frozen=True, slots=True, kw_only=True)
class SameEnded(Event):
    name: ClassVar[str] = "moderation.same_ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class CueMarked(Event):
    """A practice supervisor finds a line in their agenda. Not whose words, nor which."""

    name: ClassVar[str] = "moderation.cue_marked"
    supervisor_id: int
    programme_id: int
