"""This room's part of what a person downloads."""

from __future__ import annotations

from typing import Any

from companionway.clubhouse.models import HOUSE, AgendaItem, Hand, Here
from companionway.foundation.sealing import PERSON, key_of_both
from companionway.people.models import Person


def part(person: Person) -> dict[str, Any]:
    here = Here.objects.filter(person=person).order_by("day")
    hands = Hand.objects.filter(person=person).select_related("task").order_by("pk")
    return {
        "days_here": [each.day.isoformat() for each in here],
        "tasks": [
            {"what": each.task.title, "day": each.task.day.isoformat(), "handed_on": each.until_at is not None}
            for each in hands
        ],
        "put_on_the_agenda": _items(person),
    }  # fmt: skip


def _items(person: Person) -> list[dict[str, str]]:
    rows = AgendaItem.objects.filter(author=person).select_related("meeting").order_by("pk")
    return [
        {
            "meeting": each.meeting.on.isoformat(),
            "words": key_of_both(HOUSE, each.meeting.programme_id, PERSON, person.pk).open(
                each.sealed, each.context
            ),
        }
        for each in rows
    ]
