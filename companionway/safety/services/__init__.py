"""What can be done here. One call, one transaction: check, change, announce."""

from companionway.safety.opening import ReportWords
from companionway.safety.services._apart import (
    end_keep_apart,
    keep_apart,
    read_pair_reason,
    read_wish,
    settle_wish,
    wish_apart,
)
from companionway.safety.services._blocks import block_person, extend_block, lift_block, lift_extended_block
from companionway.safety.services._lines import (
    add_helpline,
    correct_helpline,
    lay_out_demonstration_lines,
    retire_helpline,
    say_line_fails,
    verify_helpline,
)
from companionway.safety.services._reports import (
    answer_report,
    read_answer,
    read_report,
    report,
    take_report,
)

__all__ = [
    "ReportWords",
    "add_helpline",
    "answer_report",
    "block_person",
    "correct_helpline",
    "end_keep_apart",
    "extend_block",
    "keep_apart",
    "lay_out_demonstration_lines",
    "lift_block",
    "lift_extended_block",
    "read_answer",
    "read_pair_reason",
    "read_report",
    "read_wish",
    "report",
    "retire_helpline",
    "say_line_fails",
    "settle_wish",
    "take_report",
    "verify_helpline",
    "wish_apart",
]
