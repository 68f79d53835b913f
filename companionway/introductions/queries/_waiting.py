"""The honest wait: from the service's own past, or "we do not know yet"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import DateTimeField, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from companionway.foundation.prepared import Prepared, slot
from companionway.introductions.models import Request
from companionway.introductions.queries._pool import pool_of
from companionway.introductions.states import RequestState
from companionway.people.models import Person, Programme, Purpose
from companionway.people.queries import agrees_to
from companionway.reasoning.waiting import Light, WaitRange, capacity_light, expected_wait

LOOKED_BACK: Final = timedelta(days=365)
RECENT: Final = timedelta(weeks=12)
MOST_PAST: Final = 500


@dataclass(frozen=True, slots=True)
class Wait:
    """What somebody who asks here is told, with nothing promised that the past does not carry."""

    expected: WaitRange | None
    light: Light
    ahead: int

    @property
    def light_words(self) -> str:
        return {
            "open": _("There is room at the moment."),
            "short_wait": _("There is a wait at the moment, and it moves."),
            "long_wait": _("The wait is long at the moment. We would rather say so now."),
            "closed": _(
                "There is no free place at the moment. You can still ask; your place in line counts."
            ),
        }[self.light]

    @property
    def expected_words(self) -> str:
        if self.expected is None:
            return _("We do not know yet how long it takes: too few people have come this way before you.")
        return _(
            "Of the people before you, half found somebody within %(low)s, and nine in ten within %(high)s."
        ) % {
            "low": in_days_or_weeks(self.expected.low_days),
            "high": in_days_or_weeks(self.expected.high_days),
        }


def in_days_or_weeks(days: int) -> str:
    """ "3 days", "2 weeks": the way people say it."""
    days = max(1, days)
    if days < 14:
        return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    weeks = -(-days // 7)
    return ngettext("%(n)d week", "%(n)d weeks", weeks) % {"n": weeks}


def _before() -> QuerySet[Request, Any]:
    """Open requests before one's own, or, without one, before now."""
    asked = Request.objects.open().filter(programme=slot("programme"))
    own = asked.filter(member=slot("person")).values("asked_at")[:1]
    return asked.filter(asked_at__lt=Coalesce(Subquery(own), slot("now", DateTimeField()))).values("pk")


_AHEAD = Prepared(_before)


def wait_shown_to(person: Person, programme: Programme, now: datetime) -> Wait:
    """How long a wait here is likely to be for this person, in their place in line (the end, before they ask).

    Past waits count only of people who agreed to be counted in the service's figures.
    """
    ahead = _AHEAD.count(programme=programme.pk, person=person.pk, now=now)
    past, per_week = _past(programme, now)
    free = int(pool_of(programme).free.sum())
    return Wait(
        expected=expected_wait(past, queue_ahead=ahead, places_per_week=per_week),
        light=capacity_light(free, ahead, places_per_week=per_week),
        ahead=ahead,
    )


def _met() -> QuerySet[Request, Any]:
    """Who found somebody lately: whether they agreed to be counted, since when they looked, when they met."""
    since = slot("since", DateTimeField())
    met = Request.objects.filter(programme=slot("programme"), state=RequestState.MET, met_at__gte=since)
    counts = agrees_to(Purpose.SERVICE_FIGURES, person="member")
    return met.order_by("-met_at").values_list(counts, "asked_at", "met_at")[:MOST_PAST]


_MET = Prepared(_met)


def _past(programme: Programme, now: datetime) -> tuple[Sequence[float], float]:
    """Days waited by those who found somebody in the last year, and how many a week do so lately."""
    rows: list[Any] = _MET.all(programme=programme.pk, since=now - LOOKED_BACK)
    past = [(counts, asked_at, met_at) for counts, asked_at, met_at in rows if met_at]
    days = [(met_at - asked_at) / timedelta(days=1) for counts, asked_at, met_at in past if counts]
    recent = len([met_at for *_rest, met_at in past if met_at >= now - RECENT])
    return days, recent / (RECENT / timedelta(weeks=1))
