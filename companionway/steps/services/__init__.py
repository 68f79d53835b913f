"""What people do here. Of ladders, tries and contacts outside nothing is announced: it is nobody else's news."""

from companionway.steps.services._asking import (
    agree,
    ask_alongside,
    offer_other_time,
    say_no,
    stop_company,
    take_other_time,
)
from companionway.steps.services._ending import end_between, end_by_ground, end_where_stopped
from companionway.steps.services._ladder import (
    add_steps,
    change_step,
    choose_device_copy,
    keep_contact,
    keep_try,
    move_step,
    take_contact_away,
    take_everything_away,
    take_step_away,
    take_try_away,
)

__all__ = [
    "add_steps",
    "agree",
    "ask_alongside",
    "change_step",
    "choose_device_copy",
    "end_between",
    "end_by_ground",
    "end_where_stopped",
    "keep_contact",
    "keep_try",
    "move_step",
    "offer_other_time",
    "say_no",
    "stop_company",
    "take_contact_away",
    "take_everything_away",
    "take_other_time",
    "take_step_away",
    "take_try_away",
]
