"""Where each notice on the page leads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from companionway.notices.models import Notice
from companionway.notices.states import Kind
from companionway.people.models import Person

_PLACES: Final[dict[str, str]] = {
    Kind.YES: "introductions:mine",
    Kind.SUGGESTED: "introductions:mine",
    Kind.AGREEMENT: "support:list",
    Kind.NOTE: "support:list",
    Kind.ENDING: "support:list",
    Kind.ASKED: "support:list",
    Kind.COVER: "practice:covers",
    Kind.SUPERVISION: "supervision:mine",
    Kind.PAGE_ASKED: "reading:queue",
    Kind.PAGE_ANSWERED: "reading:queue",
    Kind.PAGE_WAITS: "reading:queue",
    Kind.CIRCLE: "supervision:circles",
    Kind.TALK_LATE: "supervision:dates",
    Kind.LOOKED: "people:looked",
    Kind.MENTORS: "conversations:list",
    Kind.BESIDE: "release:threads",
    Kind.REPLY_WAITING: "release:queue",
    Kind.REPLY_LATE: "release:queue",
    Kind.REPORT_ANSWERED: "safety:my_reports",
    Kind.REPORT_WAITING: "safety:reports",
    Kind.WISH_WAITING: "safety:apart",
    Kind.WAITS: "safeguarding:mine",
    Kind.OVERDUE: "introductions:desk",
    Kind.NUMBER: "safety:numbers",
    Kind.CONCERN: "concerns:desk",
    Kind.TOLD: "concerns:mine",
    Kind.AFTERWARDS: "concerns:mine",
    Kind.TURN: "oncall:rota",
    Kind.TURN_LEFT: "oncall:rota",
    Kind.NOTICED: "noticing:queue",
    Kind.CHECK_IN: "conversations:list",
    Kind.SOON: "meetings:list",
    Kind.ELSEWHEN: "meetings:list",
    Kind.POSITION: "meetings:list",
    Kind.STAND_IN: "meetings:cover",
    Kind.FAIR: "moderation:home",
    Kind.GROUP: "groups:list",
    Kind.HOUSE: "clubhouse:houses",
    Kind.COMPANY: "steps:alongside",
    Kind.WISHED: "conversations:list",
}


@dataclass(frozen=True, slots=True)
class Row:
    notice: Notice
    words: str
    url: str


def shown(notices: Iterable[Notice]) -> list[Row]:
    """Each notice with its words, in the reader's language, and its place."""
    rows = list(notices)
    names = _names(rows)
    return [Row(each, _words(each, names), reverse(_PLACES.get(each.kind, "home"))) for each in rows]


def _names(rows: list[Notice]) -> dict[str, str]:
    """Of those who wished that whoever reads this hears it of them: subject -> name. No other notice names anybody."""
    subjects = {each.subject for each in rows if each.kind == Kind.WISHED}
    ids = [int(each.partition(":")[2]) for each in subjects]
    here = Person.objects.here().filter(pk__in=ids).values_list("pk", "name") if ids else []
    return {f"person:{pk}": name for pk, name in here}


def _words(notice: Notice, names: dict[str, str]) -> str:
    if notice.kind == Kind.WISHED and (name := names.get(notice.subject)):
        return _("%(name)s held a meeting and would like to talk to somebody") % {"name": name}
    return str(Kind(notice.kind).label)
