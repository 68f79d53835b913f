"""What we tell: ids only. `about_id` is the person who should hear of it, when not the actor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from companionway.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfTheTwo(Event):
    supervision_id: int
    supporter_id: int
    supervisor_id: int
    programme_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisionBegan(_OfTheTwo):
    name: ClassVar[str] = "supervision.began"


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisionEnded(_OfTheTwo):
    """Never who wanted it, nor why: the actor is empty."""

    name: ClassVar[str] = "supervision.ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaGrew(_OfTheTwo):
    """Something both can see stands on the agenda now. What only its writer sees announces nothing to the other."""

    name: ClassVar[str] = "supervision.agenda_grew"
    item_id: int
    is_shared: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkWritten(_OfTheTwo):
    name: ClassVar[str] = "supervision.talk_written"
    talk_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkSigned(_OfTheTwo):
    name: ClassVar[str] = "supervision.talk_signed"
    talk_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionTicked(_OfTheTwo):
    name: ClassVar[str] = "supervision.action_ticked"
    action_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeksShared(_OfTheTwo):
    """The supporter lets the supervisor see their weeks, or no longer does."""

    name: ClassVar[str] = "supervision.weeks_shared"
    is_shared: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfOne(Event):
    """`person_id` is the supporter it is about."""

    person_id: int
    programme_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisorWanted(_OfOne):
    """Somebody is without a supervisor and wants one; whoever arranges it in the programme should look."""

    name: ClassVar[str] = "supervision.supervisor_wanted"


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkReminded(_OfOne):
    """A talk is late: both hear of it, kindly. `supervisor_id` is None while there is none."""

    name: ClassVar[str] = "supervision.talk_reminded"
    supervisor_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkLate(_OfOne):
    """A talk is so late that the coordinators of the programme should know."""

    name: ClassVar[str] = "supervision.talk_late"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldBack(_OfOne):
    """Nobody new is introduced to them until a talk has been. Whoever they walk with stays."""

    name: ClassVar[str] = "supervision.held_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetGo(_OfOne):
    """A talk has been (or none is owed any more): somebody new may come again."""

    name: ClassVar[str] = "supervision.let_go"


@dataclass(frozen=True, slots=True, kw_only=True)
class GainsSaid(Event):
    """Somebody said, for themselves, what supporting gives back: that they did, and nothing of it."""

    name: ClassVar[str] = "supervision.gains_said"


@dataclass(frozen=True, slots=True, kw_only=True)
class DebriefOffered(_OfOne):
    """`is_told`: the room it came from has told them, and they are not told twice."""

    name: ClassVar[str] = "supervision.debrief_offered"
    contact_id: int
    is_told: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DebriefAnswered(_OfOne):
    """`supervisor_id` hears of a yes. A no is noted and told to nobody."""

    name: ClassVar[str] = "supervision.debrief_answered"
    contact_id: int
    wants: bool
    supervisor_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DriftTicked(_OfOne):
    """Which kind is not told: it is in the table, and only patterns above a floor are ever shown."""

    name: ClassVar[str] = "supervision.drift_ticked"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignsChosen(Event):
    """Somebody asked us to look for signs of tiredness, for them alone, or to stop."""

    name: ClassVar[str] = "supervision.signs_chosen"
    wants: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtraPlaceGiven(_OfOne):
    """One place above the limits for a while, with a reason both see."""

    name: ClassVar[str] = "supervision.extra_place_given"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtraPlaceEnded(_OfOne):
    name: ClassVar[str] = "supervision.extra_place_ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class RhythmChosen(Event):
    name: ClassVar[str] = "supervision.rhythm_chosen"
    programme_id: int
    is_kept: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisingOffered(Event):
    name: ClassVar[str] = "supervision.supervising_offered"
    programme_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleOpened(Event):
    name: ClassVar[str] = "supervision.circle_opened"
    circle_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleJoined(Event):
    name: ClassVar[str] = "supervision.circle_joined"
    circle_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleLeft(Event):
    name: ClassVar[str] = "supervision.circle_left"
    circle_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleSpoke(Event):
    """A question or an answer was written; taking one's words back announces `CircleQuiet`."""

    name: ClassVar[str] = "supervision.circle_spoke"
    circle_id: int
    question_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleQuiet(Event):
    name: ClassVar[str] = "supervision.circle_quiet"
    circle_id: int
