"""The pages of this room."""

from companionway.practice.views._away import (
    answer_cover,
    away,
    cover,
    covers,
    end_cover,
    not_well,
    well_again,
)
from companionway.practice.views._offering import about, begin, hours, limits, mine, offer

__all__ = [
    "about",
    "answer_cover",
    "away",
    "begin",
    "cover",
    "covers",
    "end_cover",
    "hours",
    "limits",
    "mine",
    "not_well",
    "offer",
    "well_again",
]
