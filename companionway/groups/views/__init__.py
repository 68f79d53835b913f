"""The pages of this room."""

from companionway.groups.views._arranging import begin, change, end, positions, step_down
from companionway.groups.views._deciding import answer, decisions, new_poll, propose, propose_agreement, vote
from companionway.groups.views._finding import ask, every, keep, leave, leave_queue, one, take
from companionway.groups.views._leaving_out import away, leave_out
from companionway.groups.views._meeting import begin_meetings, meet_no_more, meets
from companionway.groups.views._space import (
    door,
    end_pause,
    leave_space,
    mute,
    open_space,
    pause,
    pin,
    take_down,
    talk,
    talk_over,
)

__all__ = [
    "answer",
    "ask",
    "away",
    "begin",
    "begin_meetings",
    "change",
    "decisions",
    "door",
    "end",
    "end_pause",
    "every",
    "keep",
    "leave",
    "leave_out",
    "leave_queue",
    "leave_space",
    "meet_no_more",
    "meets",
    "mute",
    "new_poll",
    "one",
    "open_space",
    "pause",
    "pin",
    "positions",
    "propose",
    "propose_agreement",
    "step_down",
    "take",
    "take_down",
    "talk",
    "talk_over",
    "vote",
]
