"""What may be decided about somebody's conduct, how a decision and an appeal move, and what a panel may find."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

# The kind of key that seals everything about one decision: facts, what was handed back, the appeal, the panel's views.
DECISION: Final = "decision"
APPEAL_WITHIN: Final = timedelta(days=28)
ANSWERED_WITHIN: Final = timedelta(days=14)
PANEL: Final = 3


class Outcome(models.TextChoices):
    NOTHING = "nothing", _("Nothing wrong was found")
    WORD = "word", _("A private word")
    REMOVAL = "removal", _("A message is taken away")
    LEFT_OUT = "left_out", _("Staying away from one group for some days")
    PAUSE = "pause", _("A pause: taking no part for some days")
    EXCLUSION = "exclusion", _("No longer taking part")


STOPS: Final = frozenset({Outcome.PAUSE, Outcome.EXCLUSION})

# These last for so many days, and then are over.
TIMED: Final = frozenset({Outcome.PAUSE, Outcome.LEFT_OUT})


class State(models.TextChoices):
    WAITING = "waiting", _("Waits for a second person to read it")
    BACK = "back", _("Handed back by the second person")
    STANDS = "stands", _("It holds")
    CHANGED = "changed", _("Changed after an appeal")
    OVERTURNED = "overturned", _("Taken back after an appeal")


MOVES: dict[State, frozenset[State]] = {
    State.WAITING: frozenset({State.STANDS, State.BACK}),
    State.BACK: frozenset(),
    State.STANDS: frozenset({State.CHANGED, State.OVERTURNED}),
    State.CHANGED: frozenset(),
    State.OVERTURNED: frozenset(),
}
# What the person it is about is told: never what only waits, or was handed back.
TOLD: Final = frozenset({State.STANDS, State.CHANGED, State.OVERTURNED})


class Finding(models.TextChoices):
    """What somebody on a panel thinks; of three views that all differ, the middle one counts."""

    UPHELD = "upheld", _("It was right")
    CHANGED = "changed", _("It was too much: it should end sooner")
    OVERTURNED = "overturned", _("It was wrong: it is taken back")
