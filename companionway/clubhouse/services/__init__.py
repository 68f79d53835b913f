"""What can be done in a house. One call, one transaction: check, change, announce."""

from companionway.clubhouse.moving import OutOfDate
from companionway.clubhouse.services._board import (
    Work,
    add_task,
    ask_for_hands,
    begin_recurring,
    end_recurring,
    hand_on,
    lay_out_days,
    say_done,
    say_thanks,
    take_away,
    take_task,
)
from companionway.clubhouse.services._here import (
    come_back,
    say_here,
)
from companionway.clubhouse.services._leaving import let_go
from companionway.clubhouse.services._meeting import (
    add_item,
    agree_minutes,
    arrange_meeting,
    close_meeting,
    move_action,
    open_meeting,
    take_item_back,
    write_action,
    write_decision,
    write_minutes,
)
from companionway.clubhouse.services._units import (
    Hours,
    begin_unit,
    care_for_unit,
    choose_unit,
    close_unit,
    rename_unit,
    set_hours,
)

__all__ = [
    "Hours",
    "OutOfDate",
    "Work",
    "add_item",
    "add_task",
    "agree_minutes",
    "arrange_meeting",
    "ask_for_hands",
    "begin_recurring",
    "begin_unit",
    "care_for_unit",
    "choose_unit",
    "close_meeting",
    "close_unit",
    "come_back",
    "end_recurring",
    "hand_on",
    "let_go",
    "lay_out_days",
    "move_action",
    "open_meeting",
    "rename_unit",
    "say_done",
    "say_here",
    "say_thanks",
    "set_hours",
    "take_away",
    "take_item_back",
    "take_task",
    "write_action",
    "write_decision",
    "write_minutes",
]
