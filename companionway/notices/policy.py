"""Everybody has their own notices and devices, and nobody else's."""

from __future__ import annotations

from django.db.models import QuerySet

from companionway.notices.models import Notice, NoticeQuerySet, PushDevice
from companionway.notices.states import AT_ONCE, BY_LETTER, Kind
from companionway.people.models import Person

# Who is asked whether they want to hear of it: those whose work it is. What is not here is for everybody.
_WORK = {
    Kind.REPORT_WAITING: ("safety.answer_reports",),
    Kind.WISH_WAITING: ("introductions.never_with",),
    Kind.OVERDUE: ("introductions.coordinate",),
    Kind.NUMBER: ("safety.keep_helplines",),
    Kind.TURN: ("oncall.take_turns",),
    Kind.TURN_LEFT: ("oncall.take_turns",),
    Kind.NOTICED: ("oncall.take_turns",),
    Kind.TALK_LATE: ("supervision.oversee",),
    Kind.SUPERVISION: ("support.accompany", "supervision.hold"),
    Kind.PAGE_WAITS: ("supervision.hold",),
    Kind.CIRCLE: ("support.accompany", "supervision.hold"),
    Kind.MENTORS: ("support.accompany",),
    Kind.BESIDE: ("support.accompany",),
    Kind.WISHED: ("supervision.hold", "meetings.arrange"),
    Kind.REPLY_WAITING: ("release.read_replies", "safety.answer_reports"),
    Kind.REPLY_LATE: ("release.read_replies", "safety.answer_reports"),
}


def visible_to(actor: Person) -> NoticeQuerySet:
    """My own notices on my page."""
    return Notice.objects.on_page().filter(person=actor)


def devices_of(actor: Person) -> QuerySet[PushDevice]:
    return PushDevice.objects.filter(person=actor).order_by("-added_at", "-pk")


def kinds_for(actor: Person) -> list[Kind]:
    """The kinds that somebody may be told about: those of some people's work only for who does it."""
    return [
        kind
        for kind in Kind
        if kind != Kind.DIGEST
        and kind not in AT_ONCE | BY_LETTER
        and (kind not in _WORK or any(map(actor.holds, _WORK[kind])))
    ]
