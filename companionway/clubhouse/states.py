"""How things of the house may move, and the few words it chooses from. Drawn into the docs."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class DayPart(models.TextChoices):
    """The work-ordered day has two halves; the evening is for whoever likes to stay."""

    MORNING = "morning", _("Morning")
    AFTERNOON = "afternoon", _("Afternoon")
    EVENING = "evening", _("Evening")


class ServiceDeed(models.TextChoices):
    """What of this platform a task looks after: only words, it lets nobody do anything they could not do before."""

    NONE = "", _("Nothing of this platform")
    WELCOME = "welcome", _("Welcoming somebody new")
    NEWSLETTER = "newsletter", _("The newsletter")
    LIBRARY = "library", _("The library")
    CALENDAR = "calendar", _("The calendar of meetings")
    HELP_LINES = "help_lines", _("Looking whether telephone numbers are still right")


class HouseMeetingState(models.TextChoices):
    COMING = "coming", _("Coming")
    OPEN = "open", _("Now")
    CLOSED = "closed", _("Over, its minutes wait to be agreed")
    AGREED = "agreed", _("Its minutes are agreed")


HOUSE_MEETING_MOVES: dict[HouseMeetingState, frozenset[HouseMeetingState]] = {
    HouseMeetingState.COMING: frozenset({HouseMeetingState.OPEN}),
    HouseMeetingState.OPEN: frozenset({HouseMeetingState.CLOSED}),
    # Only in the next meeting; what was agreed stands.
    HouseMeetingState.CLOSED: frozenset({HouseMeetingState.AGREED}),
    HouseMeetingState.AGREED: frozenset(),
}


# The key of this format in a tradition that has a house; a series of meetings says by it that it is the house's.
HOUSE_MEETING = "house_meeting"


class HowDecided(models.TextChoices):
    CONSENSUS = "consensus", _("Nobody was against it")
    VOTE = "vote", _("By a show of hands")
    TRIAL = "trial", _("To try it, and look again")
