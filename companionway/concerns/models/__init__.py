"""Concerns, the steps they climbed, what was decided, and what is due afterwards."""

from companionway.concerns.models._after import Decision, Task
from companionway.concerns.models._concerns import (
    CONCERN,
    Concern,
    ConcernQuerySet,
    KeptFrom,
    Opened,
    Step,
    Voice,
)
from companionway.concerns.models._pace import Pace

__all__ = [
    "CONCERN",
    "Concern",
    "ConcernQuerySet",
    "Decision",
    "KeptFrom",
    "Opened",
    "Pace",
    "Step",
    "Task",
    "Voice",
]
