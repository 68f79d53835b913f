"""Decisions with reasons, appeals and their panels, and who is one person under two names."""

from companionway.moderation.models._appeals import Appeal, PanelYes, Seat
from companionway.moderation.models._decisions import Decision, DecisionQuerySet
from companionway.moderation.models._same import CueTold, SamePerson

__all__ = ["Appeal", "CueTold", "Decision", "DecisionQuerySet", "PanelYes", "SamePerson", "Seat"]
