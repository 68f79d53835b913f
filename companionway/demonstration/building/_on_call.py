"""A rota for every week, with a gap, and a telephone list."""

from __future__ import annotations

from datetime import datetime, time

from companionway.demonstration.building._data import ago, read
from companionway.oncall import services as oncall
from companionway.people.models import Organisation, Person

KEEPER = "Morwenna"


def keep(organisation: Organisation, gathered: dict[str, Person], now: datetime) -> None:
    """Set three weeks ago, so that there are turns behind and ahead."""
    kept, since = read("rota"), ago(now, 21, 10)
    people = {name: Person.objects.get(pk=person.pk) for name, person in gathered.items()}
    slots = [
        oncall.SlotGiven(
            people[row["person"]],
            row["step"],
            day,
            time.fromisoformat(row["begins"]),
            time.fromisoformat(row["ends"]),
        )
        for row in kept["turn"]
        for day in row["days"]
    ]
    oncall.set_weekly_pattern(actor=people[KEEPER], slots=slots, now=since)
    oncall.make_turns(actor=None, organisation=organisation, now=now)
    for row in kept["phone"]:
        oncall.keep_phone_entry(
            actor=people[KEEPER],
            name=row["name"],
            number=row["number"],
            said_for=row["said_for"],
            person=people.get(row.get("person", "")),
            now=since,
        )
