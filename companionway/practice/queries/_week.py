"""The week as a grid of three-hour blocks, for the pages that ask when somebody is free."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from companionway.reasoning.topics import PART_HOURS, WEEK

_DAY_WORDS = {
    "mon": "Mon",
    "tue": "Tue",
    "wed": "Wed",
    "thu": "Thu",
    "fri": "Fri",
    "sat": "Sat",
    "sun": "Sun",
}


@dataclass(frozen=True, slots=True)
class Block:
    key: str
    words: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One part of the day through the week, with its hours on the clock."""

    hours: str
    blocks: list[Block]


def week_days() -> list[str]:
    return [_(words) for words in _DAY_WORDS.values()]


def week_grid(chosen: Collection[str]) -> list[Row]:
    """Rows are parts of the day, columns are days; every box has its own words for whoever does not see the grid."""
    return [
        Row(
            f"{first}–{last}",
            [
                Block(f"{day}_{part}", _(WEEK.label(f"{day}_{part}")), f"{day}_{part}" in chosen)
                for day in _DAY_WORDS
            ],
        )
        for part, (first, last) in PART_HOURS.items()
    ]


def hours_of(mask: int | None) -> list[str]:
    """The chosen blocks of a stored mask, as keys."""
    return list(WEEK.keys_of(mask or 0))
