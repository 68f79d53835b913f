"""How a report, and a wish to be kept from somebody, may move."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReportState(models.TextChoices):
    OPEN = "open", _("Waiting to be read")
    LOOKING = "looking", _("Somebody is looking into it")
    ANSWERED = "answered", _("Answered")


MOVES: dict[ReportState, frozenset[ReportState]] = {
    ReportState.OPEN: frozenset({ReportState.LOOKING, ReportState.ANSWERED}),
    ReportState.LOOKING: frozenset({ReportState.ANSWERED}),
    ReportState.ANSWERED: frozenset(),
}


class Reason(models.TextChoices):
    """What somebody tells of, and why something is decided: one short list in plain words, for both."""

    UNKIND = "unkind", _("Unkind or threatening words")
    CONTACT = "contact", _("Asking for contact outside the service")
    MONEY = "money", _("Asking for or offering money or gifts")
    SEXUAL = "sexual", _("A sexual or romantic approach")
    HARM = "harm", _("Words that could lead somebody to harm")
    PRIVACY = "privacy", _("Telling others what was private")
    PRETENCE = "pretence", _("Pretending to be somebody else")
    OTHER = "other", _("Something else")


class WishState(models.TextChoices):
    WAITING = "waiting", _("Waiting to be read")
    SETTLED = "settled", _("Dealt with")


WISH_MOVES: dict[WishState, frozenset[WishState]] = {
    WishState.WAITING: frozenset({WishState.SETTLED}),
    WishState.SETTLED: frozenset(),
}
