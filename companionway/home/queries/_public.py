"""What anybody may know: who this is, when somebody is here, which ways to be together are open."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError
from django.utils.translation import gettext as _

from companionway.foundation.models import DutyRun
from companionway.oncall import queries as oncall
from companionway.people import queries as people
from companionway.people.models import Organisation

WORKER_QUIET = timedelta(minutes=10)
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def welcome(now: datetime) -> dict[str, Any]:
    organisation = people.organisation()
    return {
        "organisation": organisation,
        "programmes": people.open_programmes(),
        "presence": oncall.who_is_here(now, organisation).words,
        "hours": hours_in_words(organisation),
    }


def hours_in_words(organisation: Organisation) -> list[tuple[str, str]]:
    names = (
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    )
    rows = []
    for key, name in zip(DAYS, names, strict=True):
        shifts = organisation.opening_hours.get(key, [])
        rows.append((name, ", ".join(f"{opens}–{closes}" for opens, closes in shifts) or _("closed")))
    return rows if organisation.opening_hours else []


def health(now: datetime) -> dict[str, Any]:
    """Whether the database answers and the background work runs; no figures about people."""
    try:
        last = DutyRun.objects.order_by("-ran_at").values_list("ran_at", flat=True).first()
    except DatabaseError:
        return {"well": False, "database": False, "worker": False}
    is_working = last is not None and now - last < WORKER_QUIET
    return {"well": is_working, "database": True, "worker": is_working}
