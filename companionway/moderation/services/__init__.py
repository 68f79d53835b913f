"""What can be done here. One call, one transaction: check, change, announce."""

from companionway.moderation.services._appealing import (
    appeal,
    fill_panel,
    keep_appeals,
    leave_seat,
    open_seat,
    say_panel_yes,
    write_view,
)
from companionway.moderation.services._deciding import (
    Said,
    agree,
    decide,
    hand_back,
    lift_what_is_over,
    open_decision,
    read_statement,
)
from companionway.moderation.services._ending import end_and_block, mark_cues
from companionway.moderation.services._same import (
    confirm_same,
    end_same,
    extend_blocks_of,
    lift_with,
    record_same,
)

__all__ = [
    "Said",
    "agree",
    "appeal",
    "confirm_same",
    "decide",
    "end_and_block",
    "end_same",
    "extend_blocks_of",
    "fill_panel",
    "hand_back",
    "keep_appeals",
    "leave_seat",
    "lift_what_is_over",
    "lift_with",
    "mark_cues",
    "open_decision",
    "open_seat",
    "read_statement",
    "record_same",
    "say_panel_yes",
    "write_view",
]
