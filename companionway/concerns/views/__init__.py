"""The pages: the press, the concern, the desk, what comes after, and the measured times."""

from companionway.concerns.views._after import answer, task
from companionway.concerns.views._concern import (
    acknowledge,
    add_words,
    close,
    concern,
    decide,
    hand_over,
    stand_down,
)
from companionway.concerns.views._desk import desk, drill, pace, times
from companionway.concerns.views._raising import mine, raise_it

__all__ = [
    "acknowledge",
    "add_words",
    "answer",
    "close",
    "concern",
    "decide",
    "desk",
    "drill",
    "hand_over",
    "mine",
    "pace",
    "raise_it",
    "stand_down",
    "task",
    "times",
]
