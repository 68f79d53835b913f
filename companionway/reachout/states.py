"""How somebody can be asked after, and what can come of it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReachWay(models.TextChoices):
    MESSAGE = "message", _("A message here")
    LETTER = "letter", _("A letter")
    CALL = "call", _("A call")


class Reached(models.TextChoices):
    REACHED = "reached", _("Reached")
    NOT_REACHED = "not_reached", _("Not reached")
    LEFT_ALONE = "left_alone", _("They would like to be left alone")
