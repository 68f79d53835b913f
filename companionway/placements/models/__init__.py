"""What is true of work: employers, places, who has one, and who goes on which day."""

from companionway.placements.models import _walls  # noqa: F401
from companionway.placements.models._placements import (
    CanCover,
    Employer,
    Holding,
    Interest,
    Placement,
    PlacementQuerySet,
    WorkDay,
)

__all__ = [
    "CanCover",
    "Employer",
    "Holding",
    "Interest",
    "Placement",
    "PlacementQuerySet",
    "WorkDay",
]
