"""How a concern may move, and the names of what happens in it."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    OPEN = "open", _("Nobody has it yet")
    HELD = "held", _("Somebody has it")
    STOOD_DOWN = "stood_down", _("Stood down")
    CLOSED = "closed", _("Closed")


# Back to open: it was handed over, and nobody has it until the next person says so.
MOVES: Final[dict[State, frozenset[State]]] = {
    State.OPEN: frozenset({State.HELD, State.STOOD_DOWN}),
    State.HELD: frozenset({State.OPEN, State.STOOD_DOWN, State.CLOSED}),
    State.STOOD_DOWN: frozenset(),
    State.CLOSED: frozenset(),
}
OVER: Final = (State.STOOD_DOWN, State.CLOSED)


class StepKind(models.TextChoices):
    """What happened on the way, a row for each person it happened to."""

    TOLD = "told", _("was told")
    NUDGED = "nudged", _("was told again")
    NOBODY = "nobody", _("nobody could be reached")
    PHONE = "phone", _("the telephone list is shown")
    HAS_IT = "has_it", _("has it")
    HANDED_OVER = "handed_over", _("handed it over")
    ASKED = "asked", _("was asked whether they still have it")
    SILENT = "silent", _("has not answered, so it goes on to the next")
    LET_GO = "let_go", _("cannot have it any longer")
    STOOD_DOWN = "stood_down", _("stood it down")
    CLOSED = "closed", _("closed it")


TELLING: Final = (StepKind.TOLD, StepKind.NUDGED)
# Who had it in this climb: somebody else is told first.
PASSED: Final = (StepKind.HANDED_OVER, StepKind.SILENT, StepKind.LET_GO)


class Stage(models.IntegerChoices):
    """How far a concern has climbed that nobody has acknowledged."""

    FIRST = 0, _("First")
    NUDGE = 1, _("Nudge")
    BACKUP = 2, _("Backup")
    LEAD = 3, _("Lead")
    PHONE = 4, _("Telephone list")
    AGAIN = 5, _("Everybody again")


class DecisionKind(models.TextChoices):
    """What two people write down together. The words on screen are for the one who writes."""

    TALKED = "talked", _("We talked, and decided")
    MEMBER_TOLD = "member_told", _("They were told, and asked what they want")
    NOT_YET = "not_yet", _("They have not been told yet, and why")
    PLAN_OPENED = "plan_opened", _("Their own plan was opened, and with whose yes")
    TOLD_SOMEBODY = "told_somebody", _("Somebody here was told: who, and what was said")
    OUTSIDE_HELP = "outside_help", _("Help from outside: who, when, and what was said")


class TaskKind(models.TextChoices):
    """What is due after a concern, each with a clock and a name."""

    CONTACT = "contact", _("Be in touch the next day")
    REPAIR = "repair", _("A word between you two")
    DEBRIEF = "debrief", _("A talk afterwards, for you")
    REVIEW = "review", _("What we learn from it")
    WHY_NOT = "why_not", _("Is the reason for not telling them still true?")


class Answer(models.TextChoices):
    """What somebody said to a talk that was offered."""

    NONE = "", _("Not answered yet")
    YES = "yes", _("Yes, please")
    SKIPPED = "skipped", _("Not this time")
