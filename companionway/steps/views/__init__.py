"""The pages of this room."""

from companionway.steps.views._company import alongside, answer, ask, company, other_time, stop
from companionway.steps.views._ladder import (
    add,
    change,
    clear,
    device,
    ladder,
    move,
    paper,
    pick,
    remove,
)
from companionway.steps.views._outside import before_going, contact, outside, remove_contact
from companionway.steps.views._step import remove_try, smaller, step, write_try

__all__ = [
    "add",
    "alongside",
    "answer",
    "ask",
    "before_going",
    "change",
    "clear",
    "company",
    "contact",
    "device",
    "ladder",
    "move",
    "other_time",
    "outside",
    "paper",
    "pick",
    "remove",
    "remove_contact",
    "remove_try",
    "smaller",
    "step",
    "stop",
    "write_try",
]
