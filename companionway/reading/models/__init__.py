"""What is true here: pages on their way to a reader, who opened them, and what was written to them."""

from companionway.reading.models import _walls  # noqa: F401
from companionway.reading.models._pages import Opening, PageReading, PageReadingQuerySet, Remark

__all__ = ["Opening", "PageReading", "PageReadingQuerySet", "Remark"]
