"""What kinds of groups there are, and how a place, a proposal and a poll may move. Drawn into the docs."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    OPEN = "open", _("Open: whoever knows it from their own life")
    DROP_IN = "drop_in", _("Drop-in: come as you like, there is no list")
    CLOSED = "closed", _("Closed: the same people each time")
    COHORT = "cohort", _("One run together, from the first evening to the last")


# Of these a list is kept of who belongs, where the tradition keeps one at all.
WITH_A_LIST: Final = (Kind.CLOSED, Kind.COHORT)

# How long an offered place is held. Source: journeys.md J9, "place released if quiet for a week after kind asking".
OFFER_LASTS: Final = timedelta(days=7)
# How long a proposal or a poll stands at least, so that whoever comes once a week sees it.
STANDS: Final = timedelta(days=7)
# The most days that one who holds the frame may pause somebody in the space. Longer is for those who answer reports.
MOST_PAUSE_DAYS: Final = 7
# The most days that a group leaves somebody out by its own decision, and that the team does. It always has an end.
MOST_DAYS_BY_GROUP: Final = 90
MOST_DAYS_OUT: Final = 365
# For so many days a place in a closed group is kept for whoever is left out; after that it goes to the next.
PLACE_KEPT_DAYS: Final = 28
# Fewer answers than this would say who gave which.
FEWEST_ANSWERS: Final = 3


class PlaceState(models.TextChoices):
    WAITING = "waiting", _("Waits for a place")
    OFFERED = "offered", _("A place is held")


# Whoever takes a place, or leaves the queue, is not in it any more: no row stays.
PLACE_MOVES: dict[str, frozenset[str]] = {
    PlaceState.WAITING: frozenset({PlaceState.OFFERED}),
    PlaceState.OFFERED: frozenset(),
}


class ProposalKind(models.TextChoices):
    AGREEMENT = "agreement", _("Other words for the agreement")
    MOTION = "motion", _("Something the group decides")
    PIN = "pin", _("Words to stand at the head of the space")
    AWAY = "away", _("Somebody is asked to stay away for a while")
    AWAY_AGAIN = "again", _("Somebody who stays away asks you to look again")


# These are about one person, whom the group reads no name of; they go when it is over, and stand in no minutes.
ABOUT_SOMEBODY: Final = frozenset({ProposalKind.AWAY, ProposalKind.AWAY_AGAIN})


class ProposalState(models.TextChoices):
    OPEN = "open", _("Stands to be decided")
    PASSED = "passed", _("Decided: yes")
    NOT_PASSED = "not_passed", _("Decided: not now")


MOVES: dict[str, frozenset[str]] = {
    ProposalState.OPEN: frozenset({ProposalState.PASSED, ProposalState.NOT_PASSED}),
    ProposalState.PASSED: frozenset(),
    ProposalState.NOT_PASSED: frozenset(),
}


class Voice(models.TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")
    ASIDE = "aside", _("I stand aside")
