"""What is true here: who asked and since when, who was introduced to whom, and who was passed over and why."""

from companionway.introductions.models._introductions import (
    PASSED_OVER_WORDS,
    REASONS,
    Introduction,
    IntroductionQuerySet,
    PassedOver,
)
from companionway.introductions.models._requests import (
    SUGGESTIONS,
    WISHES,
    PoolVersion,
    Request,
    RequestQuerySet,
)

__all__ = [
    "PASSED_OVER_WORDS",
    "REASONS",
    "SUGGESTIONS",
    "WISHES",
    "Introduction",
    "IntroductionQuerySet",
    "PassedOver",
    "PoolVersion",
    "Request",
    "RequestQuerySet",
]
