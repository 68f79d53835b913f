"""Waits and introductions by group, worked out below and put into words here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from companionway.insight import policy
from companionway.introductions import queries as introductions
from companionway.people.models import Person, Programme
from companionway.reasoning.matching import GroupFairness


@dataclass(frozen=True, slots=True)
class Line:
    """One group in words; `is_hidden` where it is too small to say anything without pointing at somebody."""

    name: str
    is_hidden: bool
    number: str = ""
    reachable: str = ""
    served: str = ""
    waited: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    programme: Programme
    lines: list[Line]
    passed_over: int


def reports_for(actor: Person, now: datetime) -> list[Report]:
    """One report for each programme whose figures the actor may see."""
    programmes = list(policy.programmes_visible_to(actor))
    month_ago = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    passed = introductions.passings_counted(programmes, month_ago)
    return [_report(each, number, now) for each, number in zip(programmes, passed, strict=True)]


def _report(programme: Programme, passed_over: int, now: datetime) -> Report:
    fairness = introductions.fairness_of(programme, now)
    names = {
        "another_language": _("People who would rather not use English"),
        "in_person_only": _("People who can only meet in person"),
        "special_training": _("People who need somebody with special training"),
    }
    lines = [_line(_("Everybody who waits"), fairness.everybody)]
    lines += [_line(names.get(key, key), group) for key, group in fairness.groups.items()]
    return Report(programme, lines, passed_over)


def _line(name: str, group: GroupFairness) -> Line:
    if group.n is None:
        return Line(name, is_hidden=True)
    between = _("%(served)s (between %(low)s and %(high)s)")
    return Line(
        name,
        is_hidden=False,
        number=_("about %(n)d") % {"n": group.n},
        reachable=_percent(group.servable),
        served=between
        % {"served": _percent(group.served), "low": _percent(group.low), "high": _percent(group.high)}
        if group.served is not None
        else "",
        waited=_("%(n)d days") % {"n": group.waited_days} if group.waited_days is not None else "",
    )


def _percent(share: float | None) -> str:
    return "" if share is None else f"{round(share * 100)} %"
