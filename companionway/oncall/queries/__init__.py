"""What other rooms and this room's pages ask: who is here this minute, who is on call, whom to telephone."""

from companionway.oncall.queries._ladder import (
    Rung,
    is_on_call,
    ladder,
    next_turn_at,
    on_call_ids,
)
from companionway.oncall.queries._phones import PhoneEntry, phone_list, phone_of
from companionway.oncall.queries._presence import Presence, hours, team_presence, zone_of
from companionway.oncall.queries._rota import (
    DAYS_SHOWN,
    Day,
    Piece,
    coming,
    free_in,
    is_kept,
    offers_to,
    open_offer,
    pattern,
)
from companionway.oncall.queries._told import told_of_gaps
from companionway.oncall.queries._words import WhoIsHere, in_short, presence_words, to_count, who_is_here

__all__ = [
    "DAYS_SHOWN",
    "Day",
    "PhoneEntry",
    "Piece",
    "Presence",
    "Rung",
    "WhoIsHere",
    "coming",
    "free_in",
    "hours",
    "in_short",
    "is_kept",
    "is_on_call",
    "ladder",
    "next_turn_at",
    "offers_to",
    "on_call_ids",
    "open_offer",
    "pattern",
    "phone_list",
    "phone_of",
    "presence_words",
    "team_presence",
    "to_count",
    "told_of_gaps",
    "who_is_here",
    "zone_of",
]
