"""What other rooms and this room's pages ask."""

from companionway.safety.queries._apart import (
    blocked_between,
    my_blocks,
    never_together,
    never_with_pairs,
    pair_key,
    people_kept_from,
)
from companionway.safety.queries._lines import Shelf, countries, lines_for, lines_to_check
from companionway.safety.queries._team import Presence, team_presence

__all__ = [
    "Presence",
    "Shelf",
    "blocked_between",
    "countries",
    "lines_for",
    "lines_to_check",
    "my_blocks",
    "never_together",
    "never_with_pairs",
    "pair_key",
    "people_kept_from",
    "team_presence",
]
