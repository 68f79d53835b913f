"""How two people's walk may move. The generated states page is drawn from this table."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    MEETING = "meeting", _("Getting to know each other")
    WALKING = "walking", _("Walking together")
    PAUSED = "paused", _("Having a pause")
    ENDING = "ending", _("Coming to an end")
    ENDED = "ended", _("Ended")


MOVES: dict[State, frozenset[State]] = {
    State.MEETING: frozenset({State.WALKING, State.PAUSED, State.ENDING, State.ENDED}),
    State.WALKING: frozenset({State.PAUSED, State.ENDING, State.ENDED}),
    # Coming back from a pause leads to where the two were: still meeting, or walking.
    State.PAUSED: frozenset({State.MEETING, State.WALKING, State.ENDING, State.ENDED}),
    # Both may find that it is not time yet.
    State.ENDING: frozenset({State.MEETING, State.WALKING, State.ENDED}),
    # The door back is a new walk of the same two people, so that what ended keeps its own dates.
    State.ENDED: frozenset(),
}

OPEN = frozenset(State) - {State.ENDED}


class Spacing(models.TextChoices):
    """How often the two meet while an ending comes nearer."""

    AS_NOW = "as_now", _("As often as now")
    EVERY_TWO_WEEKS = "every_two_weeks", _("Every two weeks")
    ONCE_A_MONTH = "once_a_month", _("Once a month")


class CheckAnswer(models.TextChoices):
    """What each is privately asked after the first two weeks."""

    GO_ON = "go_on", _("Go on as we are")
    CHANGE = "change", _("Change something")
    STOP = "stop", _("Stop")


class LookReason(models.TextChoices):
    """Why somebody on the staff opened a shared note. Shown to both people it belongs to, here and in their reads."""

    SAFETY = "safety", _("Somebody may be in danger")
    REPORT = "report", _("To answer a report")
    ASKED = "asked", _("One of the two asked for it")
    LEGAL = "legal", _("The law required it")
