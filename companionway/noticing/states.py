"""What a message is labelled with, on which side it is looked at, and what may be done about it."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Label(models.IntegerChoices):
    """The label of a message; never of a person. None (no label) means that it was not checked."""

    NOTHING = 0, _("Nothing noticed")
    WHEN_YOU_CAN = 1, _("When you can")
    SOON = 2, _("Soon")
    NOW = 3, _("Now")


class Switched(IntEnum):
    """Beside the labels, in the message's own column: the programme does not want its messages looked at."""

    OFF = -1


class Side(models.IntegerChoices):
    """Who is asked to look: those on call; or, where somebody may be crossing a boundary, those who answer reports."""

    CARE = 0, _("Somebody may need help")
    CONDUCT = 1, _("A boundary may have been crossed")


# What a rule's category means for who is asked. Everything else is care; urging to secrecy is both.
CONDUCT_CATEGORIES: Final = frozenset({"boundary"})
BOTH_SIDES_RULES: Final = frozenset({"encourage.secrecy"})
# What is done to somebody else: its writer is offered no card.
NO_CARD_CATEGORIES: Final = frozenset({"boundary", "encouragement"})


class Deed(models.TextChoices):
    """What somebody on call did about what waits in a conversation. None of it happens by itself."""

    TALK = "talk", _("I talk with them now")
    CHECK_IN = "check_in", _("The other person is asked to check in")
    CONCERN = "concern", _("I raise a concern")
    FINE = "fine", _("Not a concern")


NEEDS_REASON: Final = frozenset({Deed.FINE})


class CardAnswer(models.TextChoices):
    """What became of the card that only the writer sees; empty while it is open."""

    NOT_OFFERED = "none", _("No card was offered")
    PUT_AWAY = "put_away", _("Put away")
    NOT_MEANT = "not_meant", _("That is not what I meant")


WRITERS_ANSWERS: Final = frozenset({CardAnswer.PUT_AWAY, CardAnswer.NOT_MEANT})
