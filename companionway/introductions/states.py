"""How a request and an introduction may move. The generated states page is drawn from these tables."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class RequestState(models.TextChoices):
    OPEN = "open", _("Looking for someone")
    PAUSED = "paused", _("Having a pause")
    MET = "met", _("Found someone")
    WITHDRAWN = "withdrawn", _("Taken back")


REQUEST_MOVES: dict[RequestState, frozenset[RequestState]] = {
    RequestState.OPEN: frozenset({RequestState.PAUSED, RequestState.MET, RequestState.WITHDRAWN}),
    RequestState.PAUSED: frozenset({RequestState.OPEN, RequestState.WITHDRAWN}),
    # Someone else, no fault: the same request opens again and keeps its place in the line.
    RequestState.MET: frozenset({RequestState.OPEN, RequestState.WITHDRAWN}),
    RequestState.WITHDRAWN: frozenset(),
}


class Answer(models.TextChoices):
    WAITING = "waiting", _("Not answered yet")
    YES = "yes", _("Yes")
    NOT_NOW = "not_now", _("Not now")
    NO = "no", _("No")


ANSWER_MOVES: dict[Answer, frozenset[Answer]] = {
    Answer.WAITING: frozenset({Answer.YES, Answer.NOT_NOW, Answer.NO}),
    # "Not now" may become a yes later; the other is then asked afresh.
    Answer.NOT_NOW: frozenset({Answer.YES, Answer.NO}),
    # A yes may be taken back until both have said it.
    Answer.YES: frozenset({Answer.WAITING, Answer.NO}),
    Answer.NO: frozenset(),
}


class IntroductionState(models.TextChoices):
    ASKED = "asked", _("Waiting for an answer")
    RESTING = "resting", _("Not now")
    MET = "met", _("Both said yes")
    CLOSED = "closed", _("Closed")


INTRODUCTION_MOVES: dict[IntroductionState, frozenset[IntroductionState]] = {
    IntroductionState.ASKED: frozenset(
        {IntroductionState.RESTING, IntroductionState.MET, IntroductionState.CLOSED}
    ),
    IntroductionState.RESTING: frozenset({IntroductionState.ASKED, IntroductionState.CLOSED}),
    IntroductionState.MET: frozenset(),
    IntroductionState.CLOSED: frozenset(),
}


class Door(models.TextChoices):
    """How the two came to be asked."""

    BROWSE = "browse", _("The member looked and asked")
    SUGGEST = "suggest", _("The member was shown this person and asked")
    OFFER = "offer", _("The supporter saw the need and offered")
    PROPOSAL = "proposal", _("A coordinator proposed it")
    COVER = "cover", _("In place of somebody who is not able to")


class Closing(models.TextChoices):
    """Why an introduction closed, for the record only: nobody is shown whose answer it was."""

    ANSWERED = "answered", _("Somebody said no")
    TAKEN_BACK = "taken_back", _("Somebody took it back")
    MET_OTHER = "met_other", _("The member found someone")
    CHANGED = "changed", _("Something changed in the meantime")
    NOT_ABLE = "not_able", _("The supporter is not able to")


class PassingReason(models.TextChoices):
    """Why somebody who waits longer was not the one asked. The words beside it say more."""

    ASKED_FOR = "asked_for", _("The other person's need is one this supporter knows well")
    LANGUAGE = "language", _("Language, or a way of talking, that few here have")
    URGENT = "urgent", _("The other person should not wait")
    ARRANGED = "arranged", _("Something is already being arranged for the one who waits longer")
    OTHER = "other", _("Something else")
