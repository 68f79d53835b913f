"""Who may listen live: who has a seat, to what all hear and what is for them; those who hold it, to what is theirs."""

from __future__ import annotations

import asyncio
import random
from typing import Final
from urllib.parse import parse_qs

from django.db import DatabaseError
from django.utils import timezone

from companionway.foundation import lane, live
from companionway.foundation.live import Scope
from companionway.gatherings import policy, queries, telling, tickets
from companionway.meetings.states import MeetingState
from companionway.people.models import Person

NOTHING: frozenset[str] = frozenset()
# Words go out on these streams, so whoever may no more be here (left the group, handed the evening on) is found out
# this soon, whatever was or was not told; a spread keeps a full room from asking at once.
PROVEN_SECONDS: Final = (45.0, 75.0)


async def topics_of(person_id: int, scope: Scope) -> frozenset[str]:
    """What a page of one meeting listens to beside its person's own stream: `/live?at=...` with the seat's cookie."""
    at = parse_qs(scope["query_string"].decode("latin-1")).get("at", [""])[0]
    if not at or len(at) > 20:
        return NOTHING
    return await lane.read(_topics, person_id, at, _cookie(scope, tickets.cookie_of(at)))


async def prove_again(person_id: int, session: str, scope: Scope, topics: frozenset[str]) -> None:
    """End the stream when what it may hear is no longer what it was; a task beside each open page of a meeting."""
    while topics:
        await asyncio.sleep(random.uniform(*PROVEN_SECONDS))  # noqa: S311 - to spread a crowd, no secret
        try:
            now = await topics_of(person_id, scope)
        except DatabaseError:
            now = NOTHING
        if now != topics:
            live.revoke_here(session=session)
            return


def _topics(person_id: int, public_id: str, ticket: str) -> frozenset[str]:
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        return NOTHING
    now = timezone.now()
    meeting = policy.visible(person, public_id)
    if meeting is None or meeting.state != MeetingState.OPEN:
        return NOTHING
    found = set()
    if policy.holds_frame(person, meeting, now):
        found |= {telling.everybody(meeting.pk), telling.frame(meeting.pk)}
    seat = queries.seat_of(person, meeting, ticket)
    if seat is not None and policy.takes_part(person, meeting.series):
        found |= {telling.everybody(meeting.pk), telling.one_seat(meeting.pk, seat.pk)}
    return frozenset(found)


def _cookie(scope: Scope, name: str) -> str:
    raw = b"; ".join(value for key, value in scope["headers"] if key == b"cookie").decode("latin-1")
    for part in raw.split(";"):
        key, _, value = part.strip().partition("=")
        if key == name:
            return value
    return ""
