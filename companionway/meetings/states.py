"""How a meeting may move, and what a change of a series can be."""

from __future__ import annotations

from datetime import timedelta

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


# Roles of a programme whose tradition names none for groups: (key, label, holds the frame).
FACILITATOR, WELCOMER = "facilitator", "welcomer"
# Whoever meets people at the door, by whichever of these names a tradition has.
INTERPRETER = "interpreter"
AT_THE_DOOR = frozenset({WELCOMER, "greeter", INTERPRETER})
# How long before a meeting people are asked whether they can hold it. A week: plans can still be changed. Two days and
# one: the last two evenings on which somebody reads it in peace.
ASKED_BEFORE = (timedelta(days=7), timedelta(hours=48), timedelta(hours=24))
# Later than this before the start nobody sets out for nothing: most have not left home, and there is another tonight.
CANCELLED_BEFORE = timedelta(hours=3)
# Meetings stand in the table so far ahead.
WRITTEN_AHEAD = timedelta(weeks=8)
