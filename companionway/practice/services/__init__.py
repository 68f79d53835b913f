"""What can be done here. One call, one transaction: check, change, announce."""

from companionway.practice.services._away import (
    answer_cover,
    end_cover,
    name_cover,
    say_not_well,
    say_well_again,
)
from companionway.practice.services._offering import (
    describe_offer,
    offer_support,
    set_hours,
    set_limits,
    set_training,
    write_about,
    write_away_words,
)
from companionway.practice.services._places import Full, HeldBack, take_place

__all__ = [
    "Full",
    "HeldBack",
    "answer_cover",
    "describe_offer",
    "end_cover",
    "name_cover",
    "offer_support",
    "say_not_well",
    "say_well_again",
    "set_hours",
    "set_limits",
    "set_training",
    "take_place",
    "write_about",
    "write_away_words",
]
