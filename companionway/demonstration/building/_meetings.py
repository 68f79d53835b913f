"""Two series of meetings: an evening in writing, and a kitchen that everybody may find."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from companionway.demonstration.building._data import ago, read
from companionway.meetings import services
from companionway.meetings.models import Series
from companionway.meetings.services import SeriesDetails
from companionway.people.models import Person, Programme


def meet(programmes: Mapping[str, Programme], gathered: Mapping[str, Person], now: datetime) -> None:
    for row in read("meetings")["series"]:
        _begin(row, programmes[row["programme"]], gathered, now)


def _begin(row: dict[str, Any], programme: Programme, gathered: Mapping[str, Person], now: datetime) -> None:
    actor = Person.objects.get(pk=gathered[row["by"]].pk)
    details = SeriesDetails(
        zone=programme.organisation.time_zone,
        starts_on=_next(row["weekday"], now.date()),
        begins=time.fromisoformat(row["begins"]),
        **row["said"],
    )
    made: Series = services.begin_series(
        actor=actor, programme=programme, details=details, now=ago(now, 9, 10)
    )
    for role, name in row["holds"].items():
        services.hold(actor=actor, series=made, person=gathered[name], role=role, now=ago(now, 8, 10))
    for name, words in row.get("at_the_door", {}).items():
        holds = made.holders.get(person=gathered[name], role="welcomer")
        services.say_at_the_door(actor=gathered[name], holds=holds, words=words, now=ago(now, 7, 10))


def _next(weekday: int, day: date) -> date:
    return day + timedelta(days=(weekday - day.weekday()) % 7)
