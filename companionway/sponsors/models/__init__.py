"""What is true here: who offers, who asks whom, and until when two have begun. No number of anything."""

from companionway.sponsors.models import _walls  # noqa: F401
from companionway.sponsors.models._asks import Ask, AskQuerySet, Offer, OfferQuerySet, Temporary

__all__ = ["Ask", "AskQuerySet", "Offer", "OfferQuerySet", "Temporary"]
