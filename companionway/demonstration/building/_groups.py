"""Four groups: a drop-in of the charity, a closed group with a queue, one of Hearing Voices, one of twelve steps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from companionway.conversations import services as talks
from companionway.demonstration.building._data import ago, read
from companionway.groups import services as groups
from companionway.meetings import services as meetings
from companionway.meetings.services import SeriesDetails
from companionway.people import roles
from companionway.people import services as people
from companionway.people.models import Organisation, Person, Programme

BEGAN_BEFORE: Final = timedelta(minutes=10)


def meet(organisation: Organisation, gathered: Mapping[str, Person], now: datetime) -> None:
    kept = read("groups")
    opened = {
        row["key"]: _programme(organisation, row, gathered, ago(now, 300, 9)) for row in kept["programme"]
    }
    for row in kept["group"]:
        _group(opened[row["programme"]], row, gathered, now)


def _programme(
    organisation: Organisation, row: dict[str, Any], gathered: Mapping[str, Person], at: datetime
) -> Programme:
    given = {key: row[key] for key in ("name", "practice_model", "summary")}
    programme = people.create_programme(actor=None, organisation=organisation, now=at, **given)
    for role, names in ((roles.COORDINATOR, row["coordinators"]), (roles.MEMBER, row["members"])):
        for name in names:
            people.give_role(
                actor=_fresh(gathered[row["given_by"]]),
                person=_fresh(gathered[name]),
                role=role,
                programme=programme,
                now=at,
            )
    return programme


def _group(programme: Programme, row: dict[str, Any], gathered: Mapping[str, Person], now: datetime) -> None:
    at = ago(now, row["days"], 10)
    arranges = _fresh(gathered[row["begun_by"]])
    says = groups.Says(
        name=row["name"], about=row["about"], kind=row["kind"], level=row.get("level", ""),
        capacity=row.get("capacity"),
    )  # fmt: skip
    group = groups.begin_group(actor=arranges, programme=programme, says=says, now=at)
    series = meetings.begin_series(
        actor=arranges,
        programme=programme,
        details=_details(programme, row, at, now, is_closed=group.has_list),
        now=at,
    )
    groups.meet_by(actor=arranges, group=group, series=series, now=at)
    for role, name in row["held_by"]:
        groups.take_position(actor=arranges, group=group, person=_fresh(gathered[name]), role=role, now=at)
    for days, name in row.get("asked", []):
        groups.ask_for_place(actor=_fresh(gathered[name]), group=group, now=ago(now, days, 12))
    if "said" in row:
        _space(group, row, gathered, now)


def _details(
    programme: Programme, row: dict[str, Any], at: datetime, now: datetime, *, is_closed: bool
) -> SeriesDetails:
    """Every week. One that is to be looked at while it happens (`happens_now`) began a little before now, weeks ago."""
    zone = programme.organisation.time_zone
    day = at.date()
    starts_on = day + timedelta(days=(row.get("weekday", 0) - day.weekday()) % 7)
    begins = time.fromisoformat(row.get("begins", "19:00"))
    if row.get("happens_now"):
        began = (now - BEGAN_BEFORE).astimezone(ZoneInfo(zone)).replace(second=0, microsecond=0)
        starts_on, begins = began.date() - timedelta(weeks=4), began.time()
    return SeriesDetails(
        name=row["name"],
        zone=zone,
        starts_on=starts_on,
        begins=begins,
        rule="FREQ=WEEKLY",
        is_closed=is_closed,
        **row["place"],
    )


def _space(group: Any, row: dict[str, Any], gathered: Mapping[str, Person], now: datetime) -> None:
    holder = _fresh(gathered[row["held_by"][0][1]])
    at = ago(now, row["days"] - 1, 10)
    group = groups.open_space(actor=holder, group=group, now=at)
    for name in dict.fromkeys([holder.name, *(name for _days, name, _words in row["said"])]):
        person = _fresh(gathered[name])
        number = groups.agree_at_the_door(actor=person, group=group, number=1, now=at)
        groups.enter_space(actor=person, group=group, agreed=number, now=at)
    if words := row.get("pinned"):
        groups.pin_words(actor=holder, group=group, words=words, now=at)
    assert group.space is not None
    for days, name, words in row["said"]:
        talks.send_message(
            actor=_fresh(gathered[name]), conversation=group.space, text=words, now=ago(now, days, 19)
        )


def _fresh(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)
