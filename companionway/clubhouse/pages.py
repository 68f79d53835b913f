"""The pages of a house, side by side on each of them. Rooms above register theirs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class HousePage:
    """`url_name` takes the public id of the programme."""

    label: Any
    url_name: str
    icon: str
    order: int


_pages: dict[str, HousePage] = {
    "clubhouse:today": HousePage(_("Today"), "clubhouse:today", "sun", 10),
    "clubhouse:meetings": HousePage(_("House meeting"), "clubhouse:meetings", "groups", 20),
}


def register(page: HousePage) -> None:
    """Add a page (or replace the one with the same address)."""
    _pages[page.url_name] = page


def pages() -> list[HousePage]:
    """Every page, in order."""
    return sorted(_pages.values(), key=lambda page: page.order)
