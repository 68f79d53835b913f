"""What can be done here. One call, one transaction: check, change, announce."""

from companionway.supervision.services._agenda import put_on_agenda, share_item, take_off_agenda
from companionway.supervision.services._caring import (
    answer_debrief,
    follow_the_concern,
    look_for_signs,
    note_hard_contact,
    offer_after_concern,
    share_weeks,
    tick_drift,
)
from companionway.supervision.services._circles import (
    answer_in_circle,
    ask_circle,
    join_circle,
    leave_circle,
    open_circle,
    take_words_back,
)
from companionway.supervision.services._clock import (
    choose_rhythm,
    end_extra_place,
    give_extra_place,
    look_at_the_clock,
)
from companionway.supervision.services._gains import say_gains
from companionway.supervision.services._pairing import (
    arrange,
    ask_for_another,
    offer_supervising,
    part_after_change,
    part_from,
    step_back,
    take_up_again,
)
from companionway.supervision.services._talks import Action, OutOfDate, sign_talk, tick_action, write_talk

__all__ = [
    "Action",
    "OutOfDate",
    "answer_debrief",
    "answer_in_circle",
    "arrange",
    "ask_circle",
    "ask_for_another",
    "choose_rhythm",
    "end_extra_place",
    "follow_the_concern",
    "give_extra_place",
    "join_circle",
    "leave_circle",
    "look_at_the_clock",
    "look_for_signs",
    "note_hard_contact",
    "offer_after_concern",
    "offer_supervising",
    "open_circle",
    "part_after_change",
    "part_from",
    "put_on_agenda",
    "say_gains",
    "share_item",
    "share_weeks",
    "sign_talk",
    "step_back",
    "take_up_again",
    "take_off_agenda",
    "take_words_back",
    "tick_action",
    "tick_drift",
    "write_talk",
]
