"""How things of the house may move, and the few words it chooses from. Drawn into the docs."""

from __future__ import annotations

from typing import Final

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


class HowDecided(models.TextChoices):
    CONSENSUS = "consensus", _("Nobody was against it")
    VOTE = "vote", _("By a show of hands")
    TRIAL = "trial", _("To try it, and look again")


class RecordKind(models.TextChoices):
    GOAL = "goal", _("A goal")
    TALK = "talk", _("A talk we had")
    WORK = "work", _("Work or learning")


class RecordState(models.TextChoices):
    ASKED = "asked", _("Asked")
    DRAFT = "draft", _("A draft of the two")
    SIGNED = "signed", _("Signed by both")


RECORD_MOVES: dict[RecordState, frozenset[RecordState]] = {
    # A no, and a draft that is not wanted any more, leave no row.
    RecordState.ASKED: frozenset({RecordState.DRAFT}),
    RecordState.DRAFT: frozenset({RecordState.SIGNED}),
    RecordState.SIGNED: frozenset(),
}


class ReachWay(models.TextChoices):
    MESSAGE = "message", _("A message here")
    LETTER = "letter", _("A letter")
    CALL = "call", _("A call")


class Reached(models.TextChoices):
    REACHED = "reached", _("Reached")
    NOT_REACHED = "not_reached", _("Not reached")
    LEFT_ALONE = "left_alone", _("They would like to be left alone")


class JobKind(models.TextChoices):
    TRANSITIONAL = "transitional", _("Transitional: the place belongs to the house")
    SUPPORTED = "supported", _("Supported: their own job, with help from the house")
    INDEPENDENT = "independent", _("Independent: their own job")


MOST_HOURS: Final = 20
"""Hours a week of a transitional place. Source: Standards for Clubhouse Programs, employment: part-time, generally
15 to 20 hours; from memory, to be verified."""
LONGEST_DAYS: Final = 366
"""A transitional place passes on; the Standards say generally six to nine months. From memory, to be verified."""
