"""How a meeting may move, and what a change of a series can be."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Way(models.TextChoices):
    ROOM = "room", _("Online, in writing")
    IN_PERSON = "in_person", _("In person")
    LINK = "link", _("Voice or video, run by the organisation")


class MeetingState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    OPEN = "open", _("Open now")
    CLOSED = "closed", _("Over")
    CANCELLED = "cancelled", _("Cancelled")


MOVES: dict[str, tuple[str, ...]] = {
    MeetingState.PLANNED: (MeetingState.OPEN, MeetingState.CANCELLED),
    MeetingState.OPEN: (MeetingState.CLOSED,),
    MeetingState.CLOSED: (),
    # Somebody was found after all.
    MeetingState.CANCELLED: (MeetingState.PLANNED,),
}


class ChangeKind(models.TextChoices):
    CANCELLED = "cancelled", _("Cancelled")
    MOVED = "moved", _("Moved")
    EXTRA = "extra", _("Extra")
