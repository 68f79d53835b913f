"""What can be done here. One call, one transaction: check, change, announce."""

from companionway.concerns.services._after import (
    answer_debrief,
    finish_task,
    review_reason,
    say_what_is_late,
)
from companionway.concerns.services._climbing import begin_monthly_drills, climb_due
from companionway.concerns.services._deciding import close, record_decision
from companionway.concerns.services._holding import acknowledge, hand_over, let_go_of_all, stand_down
from companionway.concerns.services._pace import set_pace
from companionway.concerns.services._raising import add_words, raise_concern
from companionway.concerns.services._reading import Words, read_concern

__all__ = [
    "Words",
    "acknowledge",
    "add_words",
    "answer_debrief",
    "begin_monthly_drills",
    "climb_due",
    "close",
    "finish_task",
    "hand_over",
    "let_go_of_all",
    "raise_concern",
    "read_concern",
    "record_decision",
    "review_reason",
    "say_what_is_late",
    "set_pace",
    "stand_down",
]
