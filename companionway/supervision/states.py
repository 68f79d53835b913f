"""How a written talk and an offered debrief may move, and the lists that people choose from. Drawn into the docs."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class TalkState(models.TextChoices):
    WRITTEN = "written", _("Waits for the other's yes")
    SIGNED = "signed", _("Both have said yes")


MOVES: dict[TalkState, frozenset[TalkState]] = {
    TalkState.WRITTEN: frozenset({TalkState.SIGNED}),
    # What both have said yes to is not changed any more; the next talk says it better.
    TalkState.SIGNED: frozenset(),
}


class DebriefState(models.TextChoices):
    OFFERED = "offered", _("Offered")
    WANTED = "wanted", _("Wanted")
    SKIPPED = "skipped", _("Not needed this time")
    HELD = "held", _("Has been")


DEBRIEF_MOVES: dict[DebriefState, frozenset[DebriefState]] = {
    DebriefState.OFFERED: frozenset({DebriefState.WANTED, DebriefState.SKIPPED, DebriefState.HELD}),
    DebriefState.WANTED: frozenset({DebriefState.HELD, DebriefState.SKIPPED}),
    DebriefState.SKIPPED: frozenset({DebriefState.WANTED}),
    DebriefState.HELD: frozenset(),
}


class Side(models.TextChoices):
    """Whose doing: of the two in supervision."""

    SUPPORTER = "supporter", _("The supporter")
    SUPERVISOR = "supervisor", _("The supervisor")


class ItemKind(models.TextChoices):
    WORDS = "words", _("Something to talk about")
    DEBRIEF = "debrief", _("After something hard")
    DRIFT = "drift", _("Asked to do what is not my role")
    LOAD = "load", _("How much it is")
    # Only in the supervisor's own list; never the words, nor whose.
    CUE = "cue", _("Something in one of their conversations was marked for a talk")


class Theme(models.TextChoices):
    """Wellbeing first; relationships, never "cases"."""

    WELLBEING = "wellbeing", _("How I am")
    RELATIONSHIPS = "relationships", _("Being with the people I walk with")
    OWN_STORY = "own_story", _("Using my own story")
    BOUNDARIES = "boundaries", _("Boundaries")
    ROLE = "role", _("My role, and how colleagues treat it")
    LEARNING = "learning", _("Learning")
    WORKLOAD = "workload", _("How much it is")
    ENDINGS = "endings", _("Endings")
    RECOGNITION = "recognition", _("What went well")
    ORGANISATION = "organisation", _("The organisation")


class Drift(models.TextChoices):
    """What peer supporters report being asked to do that is not their role. Each programme sees the same list."""

    MEDICATION = "medication", _("I was asked to watch medication")
    RISK_REPORT = "risk_report", _("I was asked to write a report on risk")
    TRANSPORT = "transport", _("I was asked to fetch, drive or run errands instead")
    PERSUADE = "persuade", _("I was asked to talk somebody into a treatment")
    WATCH = "watch", _("I was asked to watch somebody and tell what they do")
    PAPERWORK = "paperwork", _("I was given paperwork that nobody else wanted")
    ALONE = "alone", _("I was left alone with a risk")
    STORY = "story", _("I was asked to tell my story when I did not want to")
    DISMISSED = "dismissed", _("I was treated as less than a colleague")


class Gain(models.TextChoices):
    """What supporting others gives back, in one's own judgement: the four of the helper-therapy principle."""

    COMPETENCE = "competence", _("What I do here is of use.")
    EQUALITY = "equality", _("I receive as well as give.")
    KNOWLEDGE = "knowledge", _("I learn what helps me, too.")
    APPROVAL = "approval", _("What I do is seen and valued.")


class HowMuch(models.IntegerChoices):
    NOT = 0, _("Not really")
    LITTLE = 1, _("A little")
    SOME = 2, _("Partly")
    MUCH = 3, _("Mostly")
    FULLY = 4, _("Fully")


# Where the two of one supervision live in events and keys.
SUPERVISION_KEY: Final = "supervision"
CIRCLE_KEY: Final = "circle"
