"""The pages of this room."""

from companionway.safety.views._apart import add_pair, apart, apart_from, end_mine, my_apart, pair, wish
from companionway.safety.views._blocks import block, blocks, lift
from companionway.safety.views._help_now import help_now, help_now_print, not_working
from companionway.safety.views._lines import add_number, check_number, number, numbers, retire_number
from companionway.safety.views._reports import answer, my_report, my_reports, report, reports, take

__all__ = [
    "add_number",
    "add_pair",
    "answer",
    "apart",
    "apart_from",
    "block",
    "blocks",
    "check_number",
    "end_mine",
    "help_now",
    "help_now_print",
    "lift",
    "my_apart",
    "my_report",
    "my_reports",
    "not_working",
    "number",
    "numbers",
    "pair",
    "report",
    "reports",
    "retire_number",
    "take",
    "wish",
]
