"""What is true here: one sealed book for each person, and agreements of two to be alongside."""

from companionway.steps.models import _walls  # noqa: F401
from companionway.steps.models._book import Book
from companionway.steps.models._company import Company, CompanyQuerySet

__all__ = ["Book", "Company", "CompanyQuerySet"]
