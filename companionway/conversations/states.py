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
    TAKEN_AWAY = "taken_away", _("Taken away by the team, with a line that says so")


MOVES: Final[dict[str, frozenset[str]]] = {
    MessageState.HERE: frozenset(
        {MessageState.TAKEN_BACK, MessageState.UNDONE, MessageState.ERASED, MessageState.TAKEN_AWAY}
    ),
    MessageState.TAKEN_BACK: frozenset({MessageState.ERASED}),
    MessageState.UNDONE: frozenset({MessageState.ERASED}),
    MessageState.ERASED: frozenset(),
    # Back by an appeal alone.
    MessageState.TAKEN_AWAY: frozenset({MessageState.HERE, MessageState.ERASED}),
}

# The service's own lines. %(name)s and %(reason)s come from sealed facts.
LINES: Final = {
    "opened": _("This is the beginning of your conversation."),
    "space_opened": _("This is the beginning of this place."),
    "paused": _("You are taking a pause. Nothing is lost; you can go on whenever you both wish."),
    "resumed": _("You are going on together."),
    "ending": _("You have begun to say goodbye."),
    "ended": _("This conversation has ended. You can still read it."),
    "reopened": _("This conversation is open again."),
    "mentor_every": _(
        "%(name)s is learning. A mentor reads what they write before it comes to you, with the six messages before "
        "it. You hear within 48 hours at the latest."
    ),
    "mentor_sampled": _(
        "%(name)s needs less help now. A mentor reads some of what they write before it comes, with the six messages "
        "before it."
    ),
    "mentor_on_request": _(
        "%(name)s writes on their own now. A mentor reads a reply, with the six messages before it, only when "
        "%(name)s asks for that."
    ),
    "mentor_done": _("Mentors no longer read what %(name)s writes here."),
    # %(when)s: a moment, told in the reader's own time.
    "still_reading": _(
        "Somebody is reading what your supporter wrote. You will hear by %(when)s. You are not forgotten."
    ),
    "ages_differ": _(
        "One of you is in another age group now. Nothing ends by itself: the team will talk with you about how you go "
        "on."
    ),
    "ages_go_on": _("You go on together as you are."),
    "read_first": _("From now on somebody of the team reads what you both write here before it goes."),
    "read_no_more": _("What you write here goes at once again. Nobody reads it first."),
    "cover": _("%(name)s is away for a while. The words they left for you: %(reason)s"),
    "looked_inside": _("%(name)s opened this conversation as staff. The reason given: %(reason)s"),
}
