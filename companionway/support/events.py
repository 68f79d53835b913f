"""What we tell: ids only, never words. `subject` is "relationship:ID"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from companionway.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class _Together(Event):
    """Something about one relationship; every upper room can tell whom it concerns without asking back."""

    relationship_id: int
    member_id: int
    supporter_id: int
    programme_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Began(_Together):
    name: ClassVar[str] = "support.began"
    conversation_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgesDiffer(_Together):
    """The two are no longer of ages that are brought together here: a coordinator decides how they go on."""

    name: ClassVar[str] = "support.ages_differ"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgesDecided(_Together):
    """They go on as they are."""

    name: ClassVar[str] = "support.ages_decided"


@dataclass(frozen=True, slots=True, kw_only=True)
class Met(_Together):
    name: ClassVar[str] = "support.met"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementProposed(_Together):
    name: ClassVar[str] = "support.agreement_proposed"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementAccepted(_Together):
    name: ClassVar[str] = "support.agreement_accepted"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteWritten(_Together):
    name: ClassVar[str] = "support.note_written"
    # Nothing in what was announced before pages had numbers here.
    note_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteLookedAt(_Together):
    name: ClassVar[str] = "support.note_looked_at"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInAsked(_Together):
    """`about_id` is asked, alone, how it goes."""

    name: ClassVar[str] = "support.check_in_asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInAnswered(_Together):
    """That somebody answered; never what."""

    name: ClassVar[str] = "support.check_in_answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class PausedTogether(_Together):
    name: ClassVar[str] = "support.paused_together"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed(_Together):
    name: ClassVar[str] = "support.resumed"


@dataclass(frozen=True, slots=True, kw_only=True)
class EndingStarted(_Together):
    name: ClassVar[str] = "support.ending_started"


@dataclass(frozen=True, slots=True, kw_only=True)
class EndingTakenBack(_Together):
    name: ClassVar[str] = "support.ending_taken_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended(_Together):
    """Where no ending reasons are kept, `actor_id` is empty and `wants_someone_else` is always False."""

    name: ClassVar[str] = "support.ended"
    wants_someone_else: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodbyeLeft(_Together):
    name: ClassVar[str] = "support.goodbye_left"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedToWalkAgain(_Together):
    name: ClassVar[str] = "support.asked_to_walk_again"
