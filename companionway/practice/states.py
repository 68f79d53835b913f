"""How a yes to covering for somebody may move. The generated states page is drawn from this table."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class CoverState(models.TextChoices):
    ASKED = "asked", _("Asked")
    YES = "yes", _("Has said yes")
    ENDED = "ended", _("Not covering")


MOVES: dict[CoverState, frozenset[CoverState]] = {
    CoverState.ASKED: frozenset({CoverState.YES, CoverState.ENDED}),
    CoverState.YES: frozenset({CoverState.ENDED}),
    # Asking once more is a new row, so that nobody's old answer is turned round.
    CoverState.ENDED: frozenset(),
}
