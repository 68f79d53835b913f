"""This room's part of what a person downloads."""

from __future__ import annotations

from typing import Any

from companionway.people.models import Person
from companionway.reachout import queries
from companionway.reachout.models import Missed, ReachWish


def part(person: Person) -> list[dict[str, Any]]:
    rows = ReachWish.objects.filter(person=person).order_by("pk")
    return [
        {
            "days": each.days,
            "way": str(each.get_way_display()),
            "words": queries.words_of(each),
            "chosen_at": each.chosen_at.isoformat(),
            "stopped_at": each.stopped_at.isoformat() if each.stopped_at else None,
            "asked_after": [
                {"since": one.since_at.isoformat(), "result": one.result}
                for one in Missed.objects.filter(wish=each).order_by("pk")
            ],
        }
        for each in rows
    ]
