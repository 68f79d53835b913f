"""How a record of two may move, and what it can be about. Drawn into the docs."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class RecordKind(models.TextChoices):
    GOAL = "goal", _("A goal")
    TALK = "talk", _("A talk we had")
    WORK = "work", _("Work or learning")


class RecordState(models.TextChoices):
    ASKED = "asked", _("Asked")
    DRAFT = "draft", _("A draft of the two")
    SIGNED = "signed", _("Signed by both")


RECORD_MOVES: dict[RecordState, frozenset[RecordState]] = {
    # A no, and a draft that is not wanted any more, leave no row.
    RecordState.ASKED: frozenset({RecordState.DRAFT}),
    RecordState.DRAFT: frozenset({RecordState.SIGNED}),
    RecordState.SIGNED: frozenset(),
}
