"""Words that are said, on the streams of those who are here: drawn once for each language and time zone.

What differs from seat to seat is not in it: a page adds its own buttons, and hears by its seat's topic which words
are its own. Between processes goes only the number of the share; the other process reads and draws it itself.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import Any, Final
from zoneinfo import ZoneInfoNotFoundError

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from companionway.foundation import bus, lane, live
from companionway.gatherings import queries, telling
from companionway.gatherings.models import Share
from companionway.gatherings.queries import Told
from companionway.meetings.models import Meeting

# More at once (after a silence, after a long pause) are fetched by each page together.
MOST_AT_ONCE: Final = 12
_running: set[asyncio.Future[None]] = set()


def said(meeting: Meeting, shares: Sequence[Share]) -> None:
    """These were said: told when the transaction commits."""
    if len(shares) > MOST_AT_ONCE:
        telling.to_all(meeting, "share")
        return
    for each in shares:
        telling.to_seat(meeting, each.seat, "mine", id=each.public_id)
        transaction.on_commit(partial(_tell, queries.told(each)))


def _tell(told: Told) -> None:
    live.on_loop(_push, told)
    bus.post("gathering_words", {"share": told.share_id})


def _push(told: Told) -> None:
    """To everybody who is here, but those who must not meet whoever said it; those who hold the frame hear all."""
    frame, drawn = telling.frame(told.meeting_id), dict[Any, bytes]()
    for stream in live.listening(telling.everybody(told.meeting_id)):
        if stream.person_id in told.but and frame not in stream.topics:
            continue
        if stream.look not in drawn:
            drawn[stream.look] = _drawn(told, stream.look)
        stream.push(drawn[stream.look])


def _drawn(told: Told, look: Any) -> bytes:
    each = told.shown
    with translation.override(look.language), timezone.override(_zone(look.zone)):
        drawn = render_to_string("gatherings/parts/share.html", {"each": each, "seat": None})
    return telling.event(told.meeting, "said", id=each.public_id, number=each.number, drawn=drawn)


def _zone(name: str) -> Any:
    try:
        with timezone.override(name):
            return timezone.get_current_timezone()
    except (ZoneInfoNotFoundError, ValueError):
        return timezone.get_default_timezone()


def _from_another_process(fact: dict[str, Any]) -> None:
    running = asyncio.ensure_future(_read_and_tell(fact["share"]))
    _running.add(running)
    running.add_done_callback(_running.discard)


async def _read_and_tell(share_id: int) -> None:
    """Nothing, when the words were taken back meanwhile."""
    told = await lane.read(queries.told_of, share_id)
    if told is not None:
        _push(told)


def register() -> None:
    bus.hear("gathering_words", _from_another_process)
