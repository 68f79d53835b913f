"""What can become of a message, and the lines the service itself writes between two people."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class MessageState(models.TextChoices):
    HERE = "here", _("Here")
    TAKEN_BACK = "taken_back", _("Taken back by its author, with a line that says so")
    UNDONE = "undone", _("Taken back within seconds, without a trace")
    ERASED = "erased", _("Its author deleted everything")


MOVES: Final[dict[str, frozenset[str]]] = {
    MessageState.HERE: frozenset({MessageState.TAKEN_BACK, MessageState.UNDONE, MessageState.ERASED}),
    MessageState.TAKEN_BACK: frozenset({MessageState.ERASED}),
    MessageState.UNDONE: frozenset({MessageState.ERASED}),
    MessageState.ERASED: frozenset(),
}

# The service's own lines. %(name)s and %(reason)s come from sealed facts.
LINES: Final = {
    "opened": _("This is the beginning of your conversation."),
    "paused": _("You are taking a pause. Nothing is lost; you can go on whenever you both wish."),
    "resumed": _("You are going on together."),
    "ending": _("You have begun to say goodbye."),
    "ended": _("This conversation has ended. You can still read it."),
    "reopened": _("This conversation is open again."),
    "cover": _("%(name)s is away for a while. The words they left for you: %(reason)s"),
    "looked_inside": _("%(name)s opened this conversation as staff. The reason given: %(reason)s"),
}
