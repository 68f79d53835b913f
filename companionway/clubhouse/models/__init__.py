"""What is true of a house: units and tasks, its meeting, and being here."""

from companionway.clubhouse.models import _open_spaces, _walls  # noqa: F401
from companionway.clubhouse.models._here import (
    Here,
)
from companionway.clubhouse.models._house import (
    MOST_HANDS,
    Hand,
    House,
    InUnit,
    Recurring,
    Task,
    TaskQuerySet,
    Thanks,
    Unit,
    UnitQuerySet,
)
from companionway.clubhouse.models._meeting import (
    HOUSE,
    AgendaItem,
    HouseAction,
    HouseDecision,
    HouseMeeting,
    Minutes,
)

__all__ = [
    "AgendaItem",
    "HOUSE",
    "Hand",
    "Here",
    "House",
    "HouseAction",
    "HouseDecision",
    "HouseMeeting",
    "InUnit",
    "MOST_HANDS",
    "Minutes",
    "Recurring",
    "Task",
    "TaskQuerySet",
    "Thanks",
    "Unit",
    "UnitQuerySet",
]
