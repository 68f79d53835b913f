"""Who is on call when, and whom to telephone when nobody answers."""

from companionway.oncall.models._phones import PHONE, Telephone
from companionway.oncall.models._rota import (
    Offer,
    Rota,
    Turn,
    TurnQuerySet,
    WeeklySlot,
    WeeklySlotQuerySet,
    may_stand,
)

__all__ = [
    "PHONE",
    "Offer",
    "Rota",
    "Telephone",
    "Turn",
    "TurnQuerySet",
    "WeeklySlot",
    "WeeklySlotQuerySet",
    "may_stand",
]
