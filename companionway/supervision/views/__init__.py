"""The pages of this room."""

from companionway.supervision.views._circles import (
    answer_circle,
    circle,
    circles,
    join_circle,
    leave_circle,
    open_circle,
    take_back,
)
from companionway.supervision.views._gains import gains
from companionway.supervision.views._overseeing import arrange, dates, dates_of, extra_place, rhythm
from companionway.supervision.views._own import choose, mine, supervising
from companionway.supervision.views._pair import (
    add_item,
    pair,
    share_item,
    share_weeks,
    someone_else,
    step_back,
    take_off,
    talk,
    tick,
    write,
)
from companionway.supervision.views._weeks import debrief, drift, hard, nobody_new, signs, their_weeks, weeks

__all__ = [
    "add_item",
    "answer_circle",
    "arrange",
    "choose",
    "circle",
    "circles",
    "dates",
    "dates_of",
    "debrief",
    "drift",
    "extra_place",
    "gains",
    "hard",
    "join_circle",
    "leave_circle",
    "mine",
    "nobody_new",
    "open_circle",
    "pair",
    "rhythm",
    "share_item",
    "share_weeks",
    "signs",
    "someone_else",
    "step_back",
    "supervising",
    "take_back",
    "take_off",
    "talk",
    "their_weeks",
    "tick",
    "weeks",
    "write",
]
