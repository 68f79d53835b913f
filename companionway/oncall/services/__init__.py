"""What can be done here. One call, one transaction: check, change, announce."""

from companionway.oncall.services._handing import accept_turn, decline_turn, hand_over, withdraw_offer
from companionway.oncall.services._pattern import SlotGiven, make_turns, set_weekly_pattern, stop_rota
from companionway.oncall.services._phones import keep_phone_entry, remove_phone_entry
from companionway.oncall.services._turns import LONGEST, end_turn, leave_turns, take_turn

__all__ = [
    "LONGEST",
    "SlotGiven",
    "accept_turn",
    "decline_turn",
    "end_turn",
    "hand_over",
    "keep_phone_entry",
    "leave_turns",
    "make_turns",
    "remove_phone_entry",
    "set_weekly_pattern",
    "stop_rota",
    "take_turn",
    "withdraw_offer",
]
