"""What people do with records kept apart."""

from companionway.safeguarding.opening import Decision, Told
from companionway.safeguarding.services._arranging import check_duty, make_arrangements
from companionway.safeguarding.services._handing_out import hand_out
from companionway.safeguarding.services._telling import add_to_record, tell
from companionway.safeguarding.services._working import (
    answer_author,
    close_record,
    hold_record,
    keep_from,
    let_go_of_record,
    open_record,
    record_decision,
    reopen_record,
)

__all__ = [
    "Decision",
    "Told",
    "add_to_record",
    "answer_author",
    "check_duty",
    "close_record",
    "hand_out",
    "hold_record",
    "keep_from",
    "let_go_of_record",
    "make_arrangements",
    "open_record",
    "record_decision",
    "reopen_record",
    "tell",
]
