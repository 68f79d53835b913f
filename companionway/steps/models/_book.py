"""Everything a person keeps here for themselves, in one sealed piece."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.db import models

# What the sealed words are bound to, so that moved bytes do not open.
PLACE: Final = "steps:book"


class Book(models.Model):
    """One person's ladder, tries and contacts outside: sealed whole with their own key (`steps.book`).

    One piece on purpose: there is no row to count for a step, a try or a contact, no date beside it, and no gap in
    the numbers where something was taken away. It is as long as the next full page, so its size tells little.
    """

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"book {self.pk}"
