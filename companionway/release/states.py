"""How a held reply may move, and the names that services take."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """The same keys as `reasoning.release.Stage`."""

    EVERY = "every", _("Every reply is read")
    SAMPLED = "sampled", _("Some replies are read")
    ON_REQUEST = "on_request", _("Read when they ask")


class ReplyState(models.TextChoices):
    WAITING = "waiting", _("Waiting to be read")
    RELEASED = "released", _("Sent")
    SENT_BACK = "sent_back", _("Back with suggestions")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    CLOSED = "closed", _("The conversation ended before it was read")


MOVES: Final[dict[str, frozenset[str]]] = {
    ReplyState.WAITING: frozenset(
        {ReplyState.RELEASED, ReplyState.SENT_BACK, ReplyState.WITHDRAWN, ReplyState.CLOSED}
    ),
    ReplyState.RELEASED: frozenset(),
    ReplyState.SENT_BACK: frozenset(),
    ReplyState.WITHDRAWN: frozenset(),
    ReplyState.CLOSED: frozenset(),
}
