"""Begin a series, change it, end it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.foundation.events import announce
from companionway.foundation.policy import Refused, require
from companionway.meetings import policy
from companionway.meetings.details import SeriesDetails, checked
from companionway.meetings.events import SeriesBegun, SeriesChanged, SeriesEnded
from companionway.meetings.models import Change, Series
from companionway.meetings.services._writing import write_ahead
from companionway.people.models import Person, Programme
from companionway.reasoning import recurrence


def facts(actor: Person | None, series: Series, about_id: int | None = None) -> dict[str, Any]:
    """The ids that every event of a series carries."""
    return {
        "actor_id": actor.pk if actor else None,
        "about_id": about_id,
        "subject": f"series:{series.pk}",
        "series_id": series.pk,
        "programme_id": series.programme_id,
    }


def locked(actor: Person, series: Series, now: datetime) -> Series:
    """The row, locked, for whoever may change it now; Refused for anybody else, and for what is over."""
    found = policy.visible_to(actor).select_for_update(of=("self",)).filter(pk=series.pk).first()
    if found is None:
        raise Refused(_("This is not open to you."))
    require(policy.may_change(actor, found, now))
    return found


def bump(series: Series, now: datetime, *names: str) -> None:
    """Count the change, for calendars; save it and these fields."""
    series.sequence += 1
    series.changed_at = now
    series.save(update_fields=["sequence", "changed_at", *names])


@transaction.atomic
def begin_series(*, actor: Person, programme: Programme, details: SeriesDetails, now: datetime) -> Series:
    """Offer meetings, once or again and again. Nobody holds them yet. Raises Refused with what does not fit."""
    require(policy.may_begin(actor, programme))
    series = Series.objects.create(
        programme=programme, created_at=now, changed_at=now, **checked(details, programme)
    )
    write_ahead(series, now)
    announce(SeriesBegun(**facts(actor, series)), at=now)
    return series


@transaction.atomic
def change_series(*, actor: Person, series: Series, details: SeriesDetails, now: datetime) -> Series:
    """Say when, where and how it meets from now on. What is over stays as it was.

    A change of a single meeting that the series no longer has goes with it; extra meetings stay.
    """
    row = locked(actor, series, now)
    said = checked(details, row.programme)
    for name, value in said.items():
        setattr(row, name, value)
    bump(row, now, *said)
    gone = [each.pk for each in row.changes.filter(is_extra=False) if not _is_one(row, each)]
    Change.objects.filter(pk__in=gone).delete()
    write_ahead(row, now)
    announce(SeriesChanged(**facts(actor, row)), at=now)
    return row


def _is_one(series: Series, change: Change) -> bool:
    """Whether the rule still has this meeting."""
    begins = datetime.combine(series.starts_on, series.begins)
    rule, moment = recurrence.parse(series.rule), change.original
    return bool(
        recurrence.starts(rule, begins, series.tz, series.last_on, moment, moment + timedelta(microseconds=1))
    )


@transaction.atomic
def end_series(*, actor: Person, series: Series, now: datetime) -> Series:
    """No more meetings from now on. One that is open now goes on to its close."""
    row = locked(actor, series, now)
    row.ended_at = now
    bump(row, now, "ended_at")
    row.holders.filter(until_at=None).update(until_at=now)
    write_ahead(row, now)
    announce(SeriesEnded(**facts(actor, row)), at=now)
    return row
