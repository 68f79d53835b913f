"""How an agreement to be alongside may move, and what kinds of contact there are outside."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    ASKED = "asked", _("Asked")
    LATER = "later", _("Another time was offered")
    YES = "yes", _("Agreed")
    NO = "no", _("Not this time")
    OVER = "over", _("Over")


MOVES: dict[str, frozenset[str]] = {
    State.ASKED: frozenset({State.LATER, State.YES, State.NO, State.OVER}),
    State.LATER: frozenset({State.YES, State.OVER}),
    State.YES: frozenset({State.OVER}),
    State.NO: frozenset(),
    State.OVER: frozenset(),
}

LIVE: Final = (State.ASKED, State.LATER, State.YES)


class Lasts(models.TextChoices):
    ONE = "1", _("One hour")
    TWO = "2", _("Two hours")
    FOUR = "4", _("Four hours")
    DAY = "12", _("The whole day")


LENGTH: Final = {each: timedelta(hours=int(each.value)) for each in Lasts}


class Outside(models.TextChoices):
    """With whom or where, in ordinary life."""

    FRIEND = "friend", _("A friend")
    FAMILY = "family", _("Family")
    NEIGHBOUR = "neighbour", _("A neighbour")
    CLASS = "class", _("A class or a club")
    SHOP = "shop", _("A shop, a café, an office")
    OTHER = "other", _("Something else")
