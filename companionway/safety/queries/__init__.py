"""What other rooms and this room's pages ask."""

from companionway.safety.queries._apart import (
    asked_by_me,
    blocked_between,
    blocks_among,
    blocks_by,
    live_blocks_of,
    my_blocks,
    never_together,
    never_with_pairs,
    pair_key,
    pairs_for_coordinator,
    people_kept_from,
)
from companionway.safety.queries._lines import (
    Shelf,
    countries,
    keepers_of,
    lines_for,
    lines_to_check,
    shown_line,
)
from companionway.safety.queries._reports import Reportable, answerers_of, programme_between, reportable

__all__ = [
    "Reportable",
    "Shelf",
    "answerers_of",
    "asked_by_me",
    "blocked_between",
    "blocks_among",
    "blocks_by",
    "countries",
    "keepers_of",
    "lines_for",
    "lines_to_check",
    "live_blocks_of",
    "my_blocks",
    "never_together",
    "never_with_pairs",
    "pair_key",
    "pairs_for_coordinator",
    "people_kept_from",
    "programme_between",
    "reportable",
    "shown_line",
]
