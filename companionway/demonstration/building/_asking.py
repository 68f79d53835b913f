"""Members without a peer yet ask for one; those who wait have waited as long as their story says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from companionway.demonstration.building._data import ago, read
from companionway.introductions import services as introductions
from companionway.people.models import Person, Programme


def ask(programmes: Mapping[str, Programme], gathered: Mapping[str, Person], now: datetime) -> None:
    met = {(row["programme"], row["member"]) for row in read("talks")["pair"]}
    for row in read("members")["person"]:
        for role in row["roles"]:
            kind, _, key = role.partition(":")
            if kind == "member" and (key, row["name"]) not in met:
                person = Person.objects.get(pk=gathered[row["name"]].pk)
                introductions.ask(
                    actor=person, programme=programmes[key], now=ago(now, row["days"] - 0.2, 12)
                )
