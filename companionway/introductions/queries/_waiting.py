"""The honest wait: from the service's own past, or "we do not know yet"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from companionway.introductions.models import Request
from companionway.introductions.queries._pool import pool_of
from companionway.introductions.states import RequestState
from companionway.people.models import Person, Programme, Purpose
from companionway.people.queries import consenting
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


def wait_shown_to(person: Person, programme: Programme, now: datetime) -> Wait:
    """How long a wait here is likely to be for this person, in their place in line (the end, before they ask).

    Past waits count only of people who agreed to be counted in the service's figures.
    """
    asked = Request.objects.open().filter(programme=programme)
    own = asked.filter(member=person).values_list("asked_at", flat=True).first()
    ahead = asked.filter(asked_at__lt=own or now).count()
    past, per_week = _past(programme, now)
    free = int(pool_of(programme).free.sum())
    return Wait(
        expected=expected_wait(past, queue_ahead=ahead, places_per_week=per_week),
        light=capacity_light(free, ahead, places_per_week=per_week),
        ahead=ahead,
    )


def _past(programme: Programme, now: datetime) -> tuple[Sequence[float], float]:
    """Days waited by those who found somebody in the last year, and how many a week do so lately."""
    met = Request.objects.filter(programme=programme, state=RequestState.MET, met_at__gte=now - LOOKED_BACK)
    rows = list(met.order_by("-met_at").values_list("member_id", "asked_at", "met_at")[:MOST_PAST])
    counted = consenting({row[0] for row in rows}, Purpose.SERVICE_FIGURES)
    days = [
        (met_at - asked_at) / timedelta(days=1) for who, asked_at, met_at in rows if met_at and who in counted
    ]
    recent = len([row for row in rows if row[2] and row[2] >= now - RECENT])
    return days, recent / (RECENT / timedelta(weeks=1))
