"""What a notice is about, by which way it goes, and how it may move."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """The words are for the person's own page; nothing of them leaves the house."""

    MESSAGE = "message", _("A message waits for you")
    YES = "yes", _("Somebody said yes")
    SUGGESTED = "suggested", _("Somebody is suggested to you, or asks for you")
    AGREEMENT = "agreement", _("An agreement waits for your answer")
    NOTE = "note", _("Something was written that you both can see")
    LOOKED = "looked", _("Somebody from the team looked at something of yours")
    REPORT_ANSWERED = "report_answered", _("You have an answer to what you told us")
    ENDING = "ending", _("Something is coming to an end, or a goodbye was left for you")
    ASKED = "asked", _("You are asked how it goes")
    COVER = "cover", _("Somebody asks you to cover, or has answered you")
    SUPERVISION = "supervision", _("Something about your own supervision")
    PAGE_ASKED = "page_asked", _("You are asked whether somebody may read something that you two wrote")
    PAGE_ANSWERED = "page_answered", _("Something that you two wrote was read")
    PAGE_WAITS = "page_waits", _("Something waits for you to read")
    CIRCLE = "circle", _("Something was said in your circle")
    MENTORS = "mentors", _("Your mentors have answered, or have news for you")
    BESIDE = "beside", _("Somebody wrote in a talk beside")
    REPLY_WAITING = "reply_waiting", _("A reply waits to be read")
    REPLY_LATE = "reply_late", _("A reply has waited long")
    REPORT_WAITING = "report_waiting", _("A report waits to be read")
    WISH_WAITING = "wish_waiting", _("Somebody wrote whom they must not meet")
    WAITS = "waits", _("Something waits for you")
    OVERDUE = "overdue", _("Somebody waits longer than was promised")
    TALK_LATE = "talk_late", _("A talk with a practice supervisor is late, or somebody has none")
    NUMBER = "number", _("A number on Help now needs a check")
    CONCERN = "concern", _("You are asked as the person on call")
    TOLD = "told", _("There is news of what you told, or of what was told about you")
    AFTERWARDS = "afterwards", _("Something is offered to you, or is yours to do")
    TURN = "turn", _("Something about a turn on call of yours")
    TURN_LEFT = "turn_left", _("Somebody cannot do a turn on call, and nobody has it now")
    NOTICED = "noticed", _("Something waits for whoever is on call")
    CHECK_IN = "check_in", _("You are asked to look in on somebody you write with")
    SOON = "soon", _("Something you chose is tomorrow")
    ELSEWHEN = "elsewhen", _("Something you chose, or hold, has changed")
    POSITION = "position", _("A position of yours has changed")
    STAND_IN = "stand_in", _("Somebody is looked for, and it could be you")
    FAIR = "fair", _("A decision or an appeal waits for you to read")
    GROUP = "group", _("Something about a group of yours")
    HOUSE = "house", _("Something in your house is for you")
    COMPANY = "company", _("Somebody asks you to be alongside, or has answered you")
    INVITED = "invited", _("Something for your calendar")
    WISHED = "wished", _("Somebody who held a meeting would like to talk to somebody")
    DIGEST = "digest", _("What waited today, once a day")


# A person on call is told at once: no quiet hours, no pause, no once-a-day, and it cannot be switched off.
AT_ONCE: Final = frozenset({Kind.CONCERN})


# Only by e-mail, only where it was asked for where calendars are chosen, and never on the page.
BY_LETTER: Final = frozenset({Kind.INVITED})


class Channel(models.TextChoices):
    PAGE = "page", _("On my page here")
    EMAIL = "email", _("By e-mail")
    PUSH = "push", _("On my devices")


OUTSIDE: Final = (Channel.EMAIL, Channel.PUSH)


class NoticeState(models.TextChoices):
    WAITING = "waiting", _("Waiting to be sent")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    DROPPED = "dropped", _("No longer wanted")
    FAILED = "failed", _("Could not be sent")


MOVES: dict[NoticeState, frozenset[NoticeState]] = {
    NoticeState.WAITING: frozenset({NoticeState.SENDING, NoticeState.DROPPED}),
    # Back to waiting: a try failed, or the process died in the middle of it.
    NoticeState.SENDING: frozenset(
        {NoticeState.SENT, NoticeState.WAITING, NoticeState.DROPPED, NoticeState.FAILED}
    ),
    NoticeState.SENT: frozenset(),
    NoticeState.DROPPED: frozenset(),
    NoticeState.FAILED: frozenset(),
}
