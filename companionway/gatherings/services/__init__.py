"""What can be done in a meeting. One call, one transaction. What happens inside is told live and recorded nowhere."""

from companionway.gatherings.services._after import hand_over, wish_company
from companionway.gatherings.services._arriving import check_in, count_by_hand, decide_counting
from companionway.gatherings.services._asking import answer_asking, ask_all_right
from companionway.gatherings.services._opening import close_left_open, close_meeting, forget_due, open_meeting
from companionway.gatherings.services._outside import bring_to_group, say_outside
from companionway.gatherings.services._running import go_on, next_part, next_turn, pass_turn, pause
from companionway.gatherings.services._seats import (
    Taken,
    leave_seat,
    mute_seat,
    speak_up,
    take_seat,
    unmute_seat,
)
from companionway.gatherings.services._sharing import be_with, flag_share, let_in, share, take_back

__all__ = [
    "Taken",
    "answer_asking",
    "ask_all_right",
    "be_with",
    "bring_to_group",
    "check_in",
    "close_left_open",
    "close_meeting",
    "count_by_hand",
    "decide_counting",
    "flag_share",
    "forget_due",
    "go_on",
    "hand_over",
    "leave_seat",
    "let_in",
    "mute_seat",
    "next_part",
    "next_turn",
    "open_meeting",
    "pass_turn",
    "pause",
    "say_outside",
    "share",
    "speak_up",
    "take_back",
    "take_seat",
    "unmute_seat",
    "wish_company",
]
