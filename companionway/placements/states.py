"""The three kinds of work, and how long a place of the house can be."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class JobKind(models.TextChoices):
    TRANSITIONAL = "transitional", _("Transitional: the place belongs to the house")
    SUPPORTED = "supported", _("Supported: their own job, with help from the house")
    INDEPENDENT = "independent", _("Independent: their own job")


MOST_HOURS: Final = 20
"""Hours a week of a transitional place. Source: Standards for Clubhouse Programs, employment: part-time, generally
15 to 20 hours; from memory, to be verified."""
LONGEST_DAYS: Final = 366
"""A transitional place passes on; the Standards say generally six to nine months. From memory, to be verified."""
