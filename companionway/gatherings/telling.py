"""What is told live, and to whom.

Three audiences, known in memory only: everybody in the meeting, those who hold the frame, and one seat. Most is a
signal: something changed, and the page asks for what it may see. Words that are said go out drawn (`hearing`).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.db import transaction

from companionway.foundation import live

if TYPE_CHECKING:
    from companionway.gatherings.models import Seat
    from companionway.meetings.models import Meeting


def everybody(meeting_id: int) -> str:
    return f"gathering:{meeting_id}"


def frame(meeting_id: int) -> str:
    return f"gathering:{meeting_id}:frame"


def one_seat(meeting_id: int, seat_id: int) -> str:
    return f"gathering:{meeting_id}:seat:{seat_id}"


def to_all(meeting: Meeting, what: str, **more: object) -> None:
    _tell(everybody(meeting.pk), meeting, what, **more)


def to_frame(meeting: Meeting, what: str) -> None:
    _tell(frame(meeting.pk), meeting, what)


def to_seat(meeting: Meeting, seat: Seat, what: str, **more: object) -> None:
    _tell(one_seat(meeting.pk, seat.pk), meeting, what, **more)


def seat_is_left(meeting: Meeting, seat: Seat) -> None:
    """Their pages hear nothing more."""
    topic = one_seat(meeting.pk, seat.pk)
    transaction.on_commit(lambda: live.end_topic(topic))


def event(meeting_public_id: str, what: str, **more: object) -> bytes:
    data = json.dumps({"m": meeting_public_id, "what": what, **more})
    return f"event: gathering\ndata: {data}\n\n".encode()


def _tell(topic: str, meeting: Meeting, what: str, **more: object) -> None:
    told = event(meeting.public_id, what, **more)
    transaction.on_commit(lambda: live.tell(topic, told))
