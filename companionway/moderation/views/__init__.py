"""The pages of this room."""

from companionway.moderation.views._deciding import agree, decide, decide_noticed, decision, hand_back
from companionway.moderation.views._mine import (
    appeal,
    end_and_block,
    home,
    leave_seat,
    panel_yes,
    seat,
    statement,
)
from companionway.moderation.views._team import again, confirm_same, end_same, log, log_file, names

__all__ = [
    "again",
    "agree",
    "appeal",
    "confirm_same",
    "decide",
    "decide_noticed",
    "decision",
    "end_and_block",
    "end_same",
    "hand_back",
    "home",
    "leave_seat",
    "log",
    "log_file",
    "names",
    "panel_yes",
    "seat",
    "statement",
]
