"""What is told live, to whom, and in which order: the order of the clock, in every process.

A process keeps the number it has told last. What was written here is told from memory when its number follows;
whatever is missing (another process, a lost wake-up) is read from the database. Nobody is told anything twice:
streams drop numbers they have sent.
"""

from __future__ import annotations

import asyncio
import contextlib
import heapq
import itertools
import json
import logging
import time
from collections import OrderedDict
from collections.abc import Hashable, Sequence
from datetime import date

from django.db import DatabaseError

from companionway.conversations import places, queries
from companionway.conversations.bubbles import Look, Shown, day_label, draw, today_in
from companionway.conversations.places import Place
from companionway.foundation import bus, lane, live

logger = logging.getLogger(__name__)
AT_ONCE = 200
# The other processes write on meanwhile: one reading for several of their commits.
GATHER_SECONDS = 0.002
SLOW_SECONDS = 2.0
BEGUN_WITHIN_SECONDS = 10.0
LOOK_AGAIN_SECONDS = 0.02


class Teller:
    """One per serving process."""

    def __init__(self, known: int) -> None:
        self.known, self.target = known, known
        self._count = itertools.count()
        self._fresh: list[tuple[int, int, Shown]] = []
        self._woken = asyncio.Event()

    def add(self, fresh: Sequence[Shown]) -> None:
        for shown in fresh:
            heapq.heappush(self._fresh, (shown.seq, next(self._count), shown))
        self.reach(fresh[-1].seq)

    def reach(self, seq: int) -> None:
        self.target = max(self.target, seq)
        self._woken.set()

    async def run(self) -> None:
        while True:
            await self._woken.wait()
            self._woken.clear()
            try:
                await self._tell_what_follows()
            except DatabaseError:
                logger.warning("the database is away; telling goes on when it is back")
                await asyncio.sleep(SLOW_SECONDS)
                self._woken.set()

    async def _tell_what_follows(self) -> None:
        while self.known < self.target:
            if not live.is_anyone_here():
                self.known = self.target
                forget_drawn()
            while self._fresh and self._fresh[0][0] <= self.known:
                heapq.heappop(self._fresh)
            if self._fresh and self._fresh[0][0] == self.known + 1:
                await self._tell(self._fresh[0][2])
            elif self.known < self.target:
                await self._read_on()

    async def _read_on(self) -> None:
        await asyncio.sleep(GATHER_SECONDS)
        after, until = self.known, self.target
        rows = await lane.read(queries.changed_between, after, until, AT_ONCE)
        for shown in rows:
            await self._tell(shown)
        if len(rows) < AT_ONCE:
            self.known = max(self.known, until)

    async def _tell(self, shown: Shown) -> None:
        if shown.seq != shown.id:
            forget_drawn()  # what was changed or taken back is kept nowhere as it was
        place = places.kept_by_id(shown.conversation_id)
        if place is None:
            place = await lane.read(places.load, conversation_id=shown.conversation_id)
        if place is not None:
            _push(shown, place)
        self.known = max(self.known, shown.seq)


_teller: Teller | None = None


def known() -> int:
    """The number told last here; what comes later is told to every stream that is open by now."""
    return _teller.known if _teller is not None else 0


def tell(fresh: Sequence[Shown]) -> None:
    """Committed: wake this process's streams and the other processes. From any thread."""
    live.on_loop(_add, fresh)
    bus.post("clock", fresh[-1].seq)


async def begun() -> bool:
    """Wait until this process tells; a stream opened before would miss what is committed meanwhile. False: not soon."""
    until = time.monotonic() + BEGUN_WITHIN_SECONDS
    while _teller is None and time.monotonic() < until:
        await asyncio.sleep(LOOK_AGAIN_SECONDS)
    return _teller is not None


def _add(fresh: Sequence[Shown]) -> None:
    if _teller is not None:
        _teller.add(fresh)


def _reach(seq: int) -> None:
    if _teller is not None:
        _teller.reach(seq)


async def run() -> None:
    """Tell for ever; a task of the serving process."""
    global _teller
    _teller = Teller(await lane.read(queries.clock))
    # What was committed here between that reading and this line came to nobody.
    _teller.reach(await lane.read(queries.clock))
    bus.hear("clock", _reach)
    slow = asyncio.ensure_future(_look_at_the_clock()) if bus.is_on() else None
    try:
        await _teller.run()
    finally:
        _teller = None
        live.end_all()  # who comes back asks for what was not told meanwhile
        if slow:
            slow.cancel()


async def _look_at_the_clock() -> None:
    """A wake-up that was lost on the bus is noticed here."""
    while True:
        await asyncio.sleep(SLOW_SECONDS)
        if live.is_anyone_here():
            with contextlib.suppress(DatabaseError):
                _reach(await lane.read(queries.clock))


def _push(shown: Shown, place: Place) -> None:
    """One frame for everybody who looks at it the same way; most of a room does."""
    alike: dict[tuple[bool, Hashable], bytes] = {}
    for person_id in place.readers:
        if place.hides(person_id, shown.id, shown.author_id):
            continue
        is_mine = person_id == shown.author_id
        for stream in live.streams_of(person_id):
            drawn = alike.get((is_mine, stream.look))
            if drawn is None:
                drawn = alike[is_mine, stream.look] = frame(shown, place, person_id, stream.look)
            stream.push(drawn, shown.seq)


def frame(shown: Shown, place: Place, viewer_id: int, look: Hashable) -> bytes:
    """One numbered event: which message, and how it looks now."""
    return b"id: %d\ndata: %b\n\n" % (shown.seq, content(shown, place, viewer_id, look))


_drawn: OrderedDict[tuple[int, bool, Hashable, date], bytes] = OrderedDict()
KEPT_DRAWN = 64
# The C encoder of one string: building a dictionary and an encoder for each message costs six times as much.
_quoted = json.encoder.encode_basestring


def content(shown: Shown, place: Place, viewer_id: int, look: Hashable) -> bytes:
    """JSON; the same for the stream, the answer to a sending, and the list of what was missed.

    Drawn once for everybody who looks at it the same way: the last few are kept for a moment, in memory only.
    """
    assert isinstance(look, Look)
    is_mine = shown.author_id == viewer_id
    today = today_in(look.zone)
    alike = (shown.seq, is_mine, look, today)
    if (kept := _drawn.get(alike)) is not None:
        return kept
    whose = f'true,"client_id":{_quoted(shown.client_id)}' if is_mine else "false"
    if shown.is_gone:
        rest = '"gone":true'
    else:
        day = day_label(shown.day(look.zone), today, look.language)
        html = draw(shown, viewer_id=viewer_id, names=place.names, public_id=place.public_id, look=look)
        rest = f'"day":{_quoted(day)},"html":{_quoted(html)}'
    known = f'{{"c":{_quoted(place.public_id)},"id":{shown.id:d},"seq":{shown.seq:d},"mine":{whose},{rest}}}'
    drawn = _drawn[alike] = known.encode()
    if len(_drawn) > KEPT_DRAWN:
        _drawn.popitem(last=False)
    return drawn


def forget_drawn() -> None:
    _drawn.clear()


def tell_seen(conversation_id: int, reader_id: int, message_id: int) -> None:
    """Where both want it, the others learn how far this person has read."""
    place = places.kept_by_id(conversation_id) or places.load(conversation_id=conversation_id)
    if place and place.shows_seen:
        _signal("seen", place, reader_id, {"c": place.public_id, "id": message_id})


def tell_typing(place: Place, writer_id: int) -> None:
    """Where both want it, the others see that this person is writing."""
    if place.shows_typing:
        _signal("typing", place, writer_id, {"c": place.public_id})


def _signal(kind: str, place: Place, from_id: int, data: dict[str, object]) -> None:
    others = [each for each in place.readers if each != from_id]
    live.publish(others, f"event: {kind}\ndata: {json.dumps(data)}\n\n".encode())
