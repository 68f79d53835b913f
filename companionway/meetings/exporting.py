"""This room's part of what a person downloads: what they hold or held, what they cover, what they are reminded of."""

from __future__ import annotations

from typing import Any

from companionway.meetings import positions, queries
from companionway.meetings.models import Cover, Holds, Place
from companionway.people.models import Person


def part(person: Person) -> dict[str, Any]:
    held = Holds.objects.filter(person=person).select_related("series__programme").order_by("pk")
    covers = Cover.objects.filter(taken_by=person).select_related("meeting__series").order_by("pk")
    return {
        "positions": [_position(each) for each in held],
        "meetings_i_stand_in_at": [
            {"meeting": each.meeting.series.name, "starts_at": each.meeting.starts_at.isoformat()}
            for each in covers
        ],
        "meetings_i_mean_to_come_to": [
            {
                "meeting": each.meeting.series.name,
                "starts_at": each.meeting.starts_at.isoformat(),
                "has_a_place": each.is_held,
            }
            for each in Place.objects.filter(person=person).select_related("meeting__series").order_by("pk")
        ],
        "invitations_come_by_email": queries.is_invited(person),
        "i_am_reminded_of": [each.name for each in queries.series_chosen_by(person).order_by("name", "pk")],
    }


def _position(holds: Holds) -> dict[str, Any]:
    named = positions.named(holds.series.programme, holds.role)
    return {
        "meeting": holds.series.name,
        "position": named.label if named else holds.role,
        "since": holds.since_at.isoformat(),
        "until": holds.until_at.isoformat() if holds.until_at else None,
        "what_i_say_at_the_door": queries.said_at_the_door(holds),
    }
