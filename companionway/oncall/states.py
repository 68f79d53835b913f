"""The steps of the ladder, and how an offer to hand a turn over may move."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Step(models.IntegerChoices):
    FIRST = 1, _("First")
    BACKUP = 2, _("Backup")
    LEAD = 3, _("Lead")


class Weekday(models.IntegerChoices):
    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class OfferState(models.TextChoices):
    WAITING = "waiting", _("Waiting for an answer")
    ACCEPTED = "accepted", _("Taken over")
    DECLINED = "declined", _("Not possible")
    WITHDRAWN = "withdrawn", _("Taken back")


MOVES: dict[OfferState, frozenset[OfferState]] = {
    OfferState.WAITING: frozenset({OfferState.ACCEPTED, OfferState.DECLINED, OfferState.WITHDRAWN}),
    OfferState.ACCEPTED: frozenset(),
    OfferState.DECLINED: frozenset(),
    OfferState.WITHDRAWN: frozenset(),
}
