"""Everybody has their own notices and devices, and nobody else's."""

from __future__ import annotations

from django.db.models import QuerySet

from companionway.notices.models import Notice, NoticeQuerySet, PushDevice
from companionway.notices.states import STAFF_KINDS, Kind
from companionway.people.models import Person

_WORK = {
    Kind.REPORT_WAITING: "safety.answer_reports",
    Kind.WISH_WAITING: "introductions.never_with",
    Kind.OVERDUE: "introductions.coordinate",
    Kind.NUMBER: "safety.keep_helplines",
}


def visible_to(actor: Person) -> NoticeQuerySet:
    """My own notices on my page."""
    return Notice.objects.on_page().filter(person=actor)


def devices_of(actor: Person) -> QuerySet[PushDevice]:
    return PushDevice.objects.filter(person=actor).order_by("-added_at", "-pk")


def kinds_for(actor: Person) -> list[Kind]:
    """The kinds that somebody may be told about: those of the team's work only for who does it."""
    return [
        kind for kind in Kind if kind != Kind.DIGEST and (kind not in STAFF_KINDS or actor.holds(_WORK[kind]))
    ]
