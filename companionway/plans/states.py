"""What a number in a plan is for, how long a part may be shared, and how long an override lasts."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reach(models.TextChoices):
    """What a number in a plan is for. A number that is only kept never becomes a button."""

    CALL = "call", _("Call")
    TEXT = "text", _("Text message")
    KEEP = "keep", _("Only keep the number")


class ShareFor(models.TextChoices):
    DAY = "day", _("A day")
    WEEK = "week", _("A week")
    MONTH = "month", _("A month")
    UNTIL_STOPPED = "until_stopped", _("Until I stop it, half a year at most")


SHARE_LASTS: Final[dict[ShareFor, timedelta]] = {
    ShareFor.DAY: timedelta(days=1),
    ShareFor.WEEK: timedelta(days=7),
    ShareFor.MONTH: timedelta(days=30),
    ShareFor.UNTIL_STOPPED: timedelta(days=182),
}
OVERRIDE_LASTS: Final = timedelta(hours=2)
LEAST_REASON, MOST_REASON = 10, 500
