"""Two pages of one walk: one was read, changed and signed; one waits to be read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from companionway.demonstration.building._data import ago, read
from companionway.people.models import Person
from companionway.reading import services as reading
from companionway.support.queries import between


def have_read(gathered: Mapping[str, Person], now: datetime) -> None:
    for row in read("supervision")["page"]:
        people = {
            key: Person.objects.get(pk=gathered[row[key]].pk) for key in ("member", "supporter", "reader")
        }
        _read(row, people, now)


def _read(row: dict[str, Any], people: Mapping[str, Person], now: datetime) -> None:
    walk = between(people["member"].pk, people["supporter"].pk).latest("pk")
    note = walk.notes.order_by("begun_at", "pk")[row["page"]]
    asks, other = people[row["asks"]], people["member" if row["asks"] == "supporter" else "supporter"]
    asked = reading.ask_for_reading(actor=asks, note=note, now=ago(now, row["asked"], 18))
    reading.say_yes(actor=other, reading=asked, version=1, now=ago(now, row["yes"], 9))
    if "signed" not in row:
        return
    at = ago(now, row["signed"], 14)
    reading.open_page(actor=people["reader"], reading=asked, now=at)
    reading.answer_page(
        actor=people["reader"], reading=asked, version=1, words=row["words"], asks_for_change=False, now=at
    )
