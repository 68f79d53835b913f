"""What is true here: who holds whom, what the two agreed, when a talk is owed, one's own weeks, and circles."""

from companionway.supervision.models._circles import Circle, CirclePerson, CircleWords
from companionway.supervision.models._clock import Lateness, Rhythm
from companionway.supervision.models._pairs import AgendaItem, Supervising, Supervision, SupervisionQuerySet
from companionway.supervision.models._talks import Action, Talk
from companionway.supervision.models._weeks import (
    CONCERN,
    EXTRA_REASON,
    DriftTick,
    ExtraPlace,
    HardContact,
    OwnGains,
    OwnSigns,
)

__all__ = [
    "CONCERN",
    "EXTRA_REASON",
    "Action",
    "AgendaItem",
    "Circle",
    "CirclePerson",
    "CircleWords",
    "DriftTick",
    "ExtraPlace",
    "HardContact",
    "Lateness",
    "OwnGains",
    "OwnSigns",
    "Rhythm",
    "Supervising",
    "Supervision",
    "SupervisionQuerySet",
    "Talk",
]
