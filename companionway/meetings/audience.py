"""Who belongs to what meets: rooms above (groups, clubhouse, learning) say whom they let in to closed series."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

# person id -> ids of the series they are let in to
LetsIn = Callable[[int], QuerySet[Any, Any]]
_rooms: dict[str, LetsIn] = {}
_away: dict[str, LetsIn] = {}


def register(room: str, lets_in: LetsIn) -> None:
    """`lets_in(person_id)`: a queryset of one column, ids of series. Asked inside the query, never as a list."""
    _rooms[room] = lets_in


def register_away(room: str, keeps_out: LetsIn) -> None:
    """`keeps_out(person_id)`: ids of series that this person stays away from for a while, by a decision."""
    _away[room] = keeps_out


def keeps_out(person_id: int) -> Q:
    """A condition on series: some room keeps this person out of them for now."""
    found = Q(pk__in=[])
    for each in _away.values():
        found |= Q(pk__in=each(person_id))
    return found


def lets_in(person_id: int) -> Q:
    """A condition on series: some room lets this person in."""
    found = Q(pk__in=[])
    for each in _rooms.values():
        found |= Q(pk__in=each(person_id))
    return found
