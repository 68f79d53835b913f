"""Whose seat a ticket proves, and what they chose to be called."""

from __future__ import annotations

from companionway.foundation import sealing
from companionway.foundation.prepared import Prepared, slot
from companionway.gatherings import tickets
from companionway.gatherings.models import CheckIn, Seat, SeatQuerySet
from companionway.meetings.models import Meeting
from companionway.people.models import Person


def seat_of(actor: Person, meeting: Meeting, ticket: str, *, is_locked: bool = False) -> Seat | None:
    """The seat this person has not left, proven by the ticket their browser keeps."""
    known = tickets.token_hash(ticket, meeting.pk, actor.pk)
    if known is None:
        return None
    found = _LOCKED if is_locked else _TAKEN
    return found.first(meeting=meeting.pk, token=known)


def _taken(rows: SeatQuerySet) -> SeatQuerySet:
    return rows.taken().filter(meeting=slot("meeting"), token_hash=slot("token"))


_TAKEN = Prepared(lambda: _taken(Seat.objects.all()))
_LOCKED = Prepared(lambda: _taken(Seat.objects.select_for_update()))


def name_of(seat: Seat, key: sealing.SealingKey) -> tuple[str, bool]:
    """The name they chose (empty: none), and whether it is their first time."""
    facts = sealing.open_facts(key, seat.sealed, seat.context) or {}
    return facts.get("name", ""), bool(facts.get("is_new"))


def names_at_the_door(meeting: Meeting) -> list[str]:
    """In the order in which they came; empty where nobody keeps names."""
    rows = CheckIn.objects.filter(meeting=meeting).exclude(sealed=None)
    key = sealing.key_of(sealing.SERIES, meeting.series_id)
    return [sealing.open_facts(key, row.sealed, row.context)["name"] for row in rows]
