"""How the reading of one page may move. Drawn into the docs."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReadingState(models.TextChoices):
    ASKED = "asked", _("Waits for both of you to say yes")
    WAITING = "waiting", _("Waits to be read")
    ANSWERED = "answered", _("A change is asked for")
    SIGNED = "signed", _("Signed")
    CLOSED = "closed", _("Stays between the two")


MOVES: dict[ReadingState, frozenset[ReadingState]] = {
    ReadingState.ASKED: frozenset({ReadingState.WAITING, ReadingState.CLOSED}),
    # Back to the two: somebody wrote a newer version, and a yes is a yes to a version.
    ReadingState.WAITING: frozenset(
        {ReadingState.ANSWERED, ReadingState.SIGNED, ReadingState.ASKED, ReadingState.CLOSED}
    ),
    ReadingState.ANSWERED: frozenset({ReadingState.ASKED, ReadingState.CLOSED}),
    # What all three signed is not changed any more; what comes later stands on a new page.
    ReadingState.SIGNED: frozenset(),
    ReadingState.CLOSED: frozenset(),
}

# What both said yes to: until then nothing is open to a third.
BOTH_SAID_YES = (ReadingState.WAITING, ReadingState.ANSWERED, ReadingState.SIGNED)
# What either of the two may still take back.
NOT_SIGNED = (ReadingState.ASKED, ReadingState.WAITING, ReadingState.ANSWERED)
