"""What a record is about, what may be added to it, and how it may move."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Category(models.TextChoices):
    """In words for the person who tells. Shown to who tells it and to the leads; never outside."""

    UNSURE = "unsure", _("I am not sure")
    HURT = "hurt", _("Somebody is hurt, or afraid of being hurt")
    SEXUAL = "sexual", _("Something sexual that should not happen")
    NEGLECT = "neglect", _("Somebody does not get the care they need")
    MONEY = "money", _("Money, belongings, or being used")
    CONTROL = "control", _("Somebody is controlled, threatened or kept from others")
    CHILD = "child", _("A child or a young person")
    TEAM = "team", _("Something that somebody of the team did")
    OTHER = "other", _("Something else")


class EntryKind(models.TextChoices):
    WRITTEN = "written", _("Written down")
    ADDED = "added", _("Added")
    DECIDED = "decided", _("Decided")
    ANSWERED = "answered", _("Answer to who told us")
    CLOSED = "closed", _("Closed")
    REOPENED = "reopened", _("Opened again")
    HELD = "held", _("To be kept longer")
    LET_GO = "let_go", _("No longer kept longer than usual")


class Part(models.TextChoices):
    """Why somebody never sees a record."""

    ABOUT = "about", _("It is about them")
    CONFLICT = "conflict", _("They are too close to it")


class RecordState(models.TextChoices):
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


MOVES: dict[RecordState, frozenset[RecordState]] = {
    RecordState.OPEN: frozenset({RecordState.CLOSED}),
    RecordState.CLOSED: frozenset({RecordState.OPEN}),
}

# Why a lead opens what somebody else wrote. The words for the one who wrote it are registered in `apps`.
READING_REASONS: Final = {
    "apart_answer": _("To answer what somebody told us"),
    "safety": _("Somebody may be in danger"),
    "apart_cover": _("The person who looks after this is away"),
    "apart_review": _("To check that enough was done"),
    "legal": _("The law requires it"),
}
