"""One ladder with what was tried, somebody who comes along once, and two moments of ordinary life."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from companionway.demonstration.building._data import ago, read
from companionway.foundation.models import new_public_id
from companionway.people.models import Person
from companionway.steps import services
from companionway.steps.queries import Contact, Try
from companionway.support.queries import between


def climb(gathered: Mapping[str, Person], now: datetime) -> None:
    data = read("steps")
    person = Person.objects.get(pk=gathered[data["person"]].pk)
    keys = [_step(person, row, now) for row in data["step"]]
    for row in data["outside"]:
        on = ago(now, row["days"]).date()
        said = Contact(new_public_id(), on, row["kind"], row["words"], row["felt"])
        services.keep_contact(actor=person, said=said, now=now)
    _ask(person, keys, data["alongside"], gathered, now)


def _step(person: Person, row: dict[str, Any], now: datetime) -> str:
    place = row.get("place", "")
    [step] = services.add_steps(actor=person, words=[row["words"]], place=place, now=now)
    for one in row.get("try", []):
        told = {key: one[key] for key in ("before", "did", "after", "noticed")}
        said = Try(new_public_id(), ago(now, one["days"]).date(), **told)
        services.keep_try(actor=person, key=step.key, said=said, now=now)
    return step.key


def _ask(
    person: Person, keys: list[str], row: dict[str, Any], gathered: Mapping[str, Person], now: datetime
) -> None:
    companion = Person.objects.get(pk=gathered[row["companion"]].pk)
    walk = between(person.pk, companion.pk).select_related("programme", "member", "supporter").latest("pk")
    at = (now + timedelta(days=row["ahead_days"])).replace(
        hour=row["hour"], minute=0, second=0, microsecond=0
    )
    asked = services.ask_alongside(
        actor=person,
        key=keys[row["step"]],
        walk=walk,
        words=row["words"],
        starts_at=at,
        lasts=timedelta(hours=row["hours"]),
        now=ago(now, row["asked"], 17),
    )
    services.agree(actor=companion, company=asked, now=ago(now, row["agreed"], 8))
