"""Who may listen live: who has a seat, to what all hear and what is for them; those who hold it, to what is theirs."""

from __future__ import annotations

from urllib.parse import parse_qs

from django.utils import timezone

from companionway.foundation import lane
from companionway.foundation.live import Scope
from companionway.gatherings import policy, queries, telling, tickets
from companionway.meetings.states import MeetingState
from companionway.people.models import Person

NOTHING: frozenset[str] = frozenset()


async def topics_of(person_id: int, scope: Scope) -> frozenset[str]:
    """What a page of one meeting listens to beside its person's own stream: `/live?at=...` with the seat's cookie."""
    at = parse_qs(scope["query_string"].decode("latin-1")).get("at", [""])[0]
    if not at or len(at) > 20:
        return NOTHING
    return await lane.read(_topics, person_id, at, _cookie(scope, tickets.cookie_of(at)))


def _topics(person_id: int, public_id: str, ticket: str) -> frozenset[str]:
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        return NOTHING
    now = timezone.now()
    meeting = policy.visible_to(person).filter(public_id=public_id, state=MeetingState.OPEN).first()
    if meeting is None:
        return NOTHING
    found = set()
    if policy.holds_frame(person, meeting, now):
        found |= {telling.everybody(meeting.pk), telling.frame(meeting.pk)}
    seat = queries.seat_of(person, meeting, ticket)
    if seat is not None and policy.may_come(person, meeting):
        found |= {telling.everybody(meeting.pk), telling.one_seat(meeting.pk, seat.pk)}
    return frozenset(found)


def _cookie(scope: Scope, name: str) -> str:
    raw = b"; ".join(value for key, value in scope["headers"] if key == b"cookie").decode("latin-1")
    for part in raw.split(";"):
        key, _, value = part.strip().partition("=")
        if key == name:
            return value
    return ""
