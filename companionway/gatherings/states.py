"""What a seat, a share and an answer can be, and how a share may move."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ShareState(models.TextChoices):
    HELD = "held", _("Waits until somebody has read it")
    WAITING = "waiting", _("Waits for its turn")
    SAID = "said", _("Said")


MOVES: dict[str, tuple[str, ...]] = {
    ShareState.HELD: (ShareState.SAID,),
    ShareState.WAITING: (ShareState.SAID,),
    ShareState.SAID: (),
}


class Answer(models.TextChoices):
    """What somebody says who was asked privately how they are."""

    FINE = "fine", _("Yes, I am all right")
    COMPANY = "company", _("I would like company")
    CALL = "call", _("Please call somebody")


class Arrival(models.TextChoices):
    """How people say at the door that they are here: what the tradition keeps decides."""

    NAMED = "named", _("A name, or any name you like")
    COUNTED = "counted", _("Only that one more is here")
    NOTHING = "nothing", _("Nothing is kept")
