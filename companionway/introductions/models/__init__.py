"""What is true here: who asked and since when, who was introduced to whom, and who was passed over and why."""

from companionway.introductions.models._introductions import Introduction, IntroductionQuerySet, PassedOver
from companionway.introductions.models._requests import WISHES, PoolVersion, Request, RequestQuerySet

__all__ = [
    "WISHES",
    "Introduction",
    "IntroductionQuerySet",
    "PassedOver",
    "PoolVersion",
    "Request",
    "RequestQuerySet",
]
