"""This room's part of what a person downloads: their private addresses, without the secret in them."""

from __future__ import annotations

from typing import Any

from companionway.calendars import queries
from companionway.people.models import Person


def part(person: Person) -> list[dict[str, Any]]:
    return [
        {
            "label": each.label,
            "title_of_entries": each.title,
            "shows_place": each.feed.shows_place,
            "made_at": each.feed.created_at.isoformat(),
        }
        for each in queries.my_feeds(person)
    ]
