"""A few people keep a plan for hard days, and one shares parts of it with the person she talks with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from companionway.demonstration.building._data import ago, read
from companionway.people.models import Person
from companionway.plans import services
from companionway.plans.kinds import KINDS
from companionway.plans.queries import Contact
from companionway.plans.states import ShareFor


def keep(gathered: Mapping[str, Person], now: datetime) -> None:
    for plan in read("plans")["plan"]:
        person = Person.objects.get(pk=gathered[plan["person"]].pk)
        for row in plan["part"]:
            _write(person, plan["kind"], row, gathered, now)


def _write(
    person: Person, of: str, row: dict[str, Any], gathered: Mapping[str, Person], now: datetime
) -> None:
    kind = KINDS[of]
    services.write_part(
        actor=person,
        kind=kind,
        prompt=kind.prompt(row["part"]),
        words=row["words"],
        contacts=[Contact(**each) for each in row.get("contacts", [])],
        now=ago(now, 20, 19),
    )
    for name, lasts, days in row.get("shares", []):
        reader, at = Person.objects.get(pk=gathered[name].pk), ago(now, days, 19)
        services.share_parts(
            actor=person, kind=kind, parts=[row["part"]], reader=reader, lasts=ShareFor(lasts), now=at
        )
    for name, days in row.get("opened", []):
        reader = Person.objects.get(pk=gathered[name].pk)
        services.read_plan(actor=reader, owner=person, now=ago(now, days, 20))
