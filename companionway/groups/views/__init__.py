"""The pages of this room."""

from companionway.groups.views._arranging import begin, change, end, positions, step_down
from companionway.groups.views._deciding import answer, decisions, new_poll, propose, propose_agreement, vote
from companionway.groups.views._finding import ask, every, keep, leave, leave_queue, one, take
from companionway.groups.views._leaving_out import away, leave_out
from companionway.groups.views._meeting import begin_meetings, meet_no_more, meets
from companionway.groups.views._reaching import tree
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
from companionway.groups.views._talking import end_talk_of_three, outside, say_to_talk, talk_of_three

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
    "end_talk_of_three",
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
    "outside",
    "pause",
    "pin",
    "positions",
    "propose",
    "propose_agreement",
    "say_to_talk",
    "step_down",
    "take",
    "take_down",
    "talk",
    "talk_of_three",
    "talk_over",
    "tree",
    "vote",
]
