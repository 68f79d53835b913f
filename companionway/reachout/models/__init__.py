"""What is true of being missed: what somebody wished, whom they named, and that they are."""

from companionway.reachout.models import _walls  # noqa: F401
from companionway.reachout.models._wishes import (
    FEWEST_DAYS,
    MOST_DAYS,
    Missed,
    MissedQuerySet,
    ReachBy,
    ReachWish,
    ReachWishQuerySet,
)

__all__ = [
    "FEWEST_DAYS",
    "MOST_DAYS",
    "Missed",
    "MissedQuerySet",
    "ReachBy",
    "ReachWish",
    "ReachWishQuerySet",
]
