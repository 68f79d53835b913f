"""How an ask may move, and how long things last. Drawn into the docs."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

# The position of a tradition's groups that is offered here, and the tradition in which the two then write.
POSITION: Final = "temporary_sponsor"
SPONSORSHIP: Final = "twelve_step_sponsorship"
# An offer lasts as long as the tradition says for the position; this long where it does not say.
OFFER_LASTS: Final = timedelta(days=30)
# An ask that is not answered for so long reads like any "not now". Source: our own rule, a week of meetings.
ASK_LASTS: Final = timedelta(days=7)
# A temporary sponsorship: four weeks, and a week to say that both would like to go on. Source: our own rule;
# fellowships speak of the first weeks.
LASTS: Final = timedelta(days=28)
GRACE: Final = timedelta(days=7)


class Answer(models.TextChoices):
    ASKED = "asked", _("Asked")
    YES = "yes", _("Yes: talk with each other at the meeting")
    NOT_NOW = "not_now", _("Not now")


# A yes for which there is a place to write leaves no row: the two are together from then on.
MOVES: dict[str, frozenset[str]] = {
    Answer.ASKED: frozenset({Answer.YES, Answer.NOT_NOW}),
    Answer.YES: frozenset(),
    Answer.NOT_NOW: frozenset(),
}
