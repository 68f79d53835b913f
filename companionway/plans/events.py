"""What this room tells the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from companionway.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanWritten(Event):
    """Somebody wrote, changed or took away a part of a plan of their own. Which one is not told."""

    name: ClassVar[str] = "plans.written"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanShared(Event):
    name: ClassVar[str] = "plans.shared"
    reader_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSharesStopped(Event):
    """Shares of a person's plan ended before their time: how many."""

    name: ClassVar[str] = "plans.shares_stopped"
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanOpenedInDanger(Event):
    """Somebody on call opened a plan without a share, for a stated reason. Its person is told."""

    name: ClassVar[str] = "plans.opened_in_danger"
