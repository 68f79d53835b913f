"""Live streams: one per signed-in device, server-sent events, ended at once when the device or the person may no more.

A stream drops every numbered frame it has sent before, so replay and live delivery may overlap safely. A reader
too slow to take what is sent loses the stream, comes back with `Last-Event-ID` and gets the rest from the database.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable, Iterable, MutableMapping
from typing import Any

from companionway.foundation import bus

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

# Below the 60 seconds after which proxies cut a silent line; half as often is half the cost of being idle.
PING_SECONDS = 55
BUFFER_BYTES = 256 * 1024
MOST_STREAMS_EACH = 12
PING = b": still here\n\n"
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


class Stream:
    """One open stream. `look` is what frames are drawn by (language, time zone); `after` the last number sent."""

    __slots__ = (
        "_buffer",
        "_held",
        "_ready",
        "_size",
        "_task",
        "after",
        "is_over",
        "look",
        "person_id",
        "session",
        "topics",
    )

    def __init__(
        self,
        person_id: int,
        session: str,
        look: Hashable,
        after: int,
        topics: frozenset[str] = frozenset(),
    ) -> None:
        self.person_id, self.session, self.look, self.after = person_id, session, look, after
        # What this one page listens to beside what is its person's: known in memory only, proven when it was opened.
        self.topics = topics
        self.is_over = False
        self._buffer: list[bytes] = []
        # Until the replay is done, live frames wait here.
        self._held: list[tuple[int, bytes]] | None = []
        self._size = 0
        self._ready = asyncio.Event()
        self._task = asyncio.current_task()

    def push(self, frame: bytes, seq: int = 0) -> None:
        """Send a frame; a numbered one goes out once only, whoever pushes it again."""
        if self._held is not None:
            self._held.append((seq, frame))
            return
        if seq:
            if seq <= self.after:
                return
            self.after = seq
        self._size += len(frame)
        if self._size > BUFFER_BYTES:
            self.end()
            return
        self._buffer.append(frame)
        self._ready.set()

    def replayed(self) -> None:
        """What the database had is sent; from here on live frames flow, beginning with those that waited."""
        held, self._held = self._held or [], None
        for seq, frame in held:
            self.push(frame, seq)

    def end(self) -> None:
        self.is_over = True
        self._ready.set()
        if self._size > BUFFER_BYTES and self._task is not None:
            self._task.cancel()  # it may be stuck in a write that the reader does not take

    async def take(self) -> bytes:
        await self._ready.wait()
        self._ready.clear()
        frames, self._buffer, self._size = self._buffer, [], 0
        return frames[0] if len(frames) == 1 else b"".join(frames)


_streams: dict[int, set[Stream]] = defaultdict(set)
_listening: dict[str, set[Stream]] = defaultdict(set)
_loop: asyncio.AbstractEventLoop | None = None
_on_revoke: list[Callable[[int | None, str | None], None]] = []
_times_revoked = 0


def on_revoke(hearer: Callable[[int | None, str | None], None]) -> None:
    """`hearer(person_id, session)` drops what it remembers about the person, or about that one session."""
    _on_revoke.append(hearer)


async def run() -> None:
    """The one timer of all streams; a task of the serving process. Streams exist only while it runs."""
    global _loop
    _loop = asyncio.get_running_loop()
    bus.hear("frame", lambda fact: _push(fact["to"], fact["frame"].encode()))
    bus.hear("topic", lambda fact: _tell(fact["topic"], fact["frame"].encode()))
    bus.hear("topic_over", _end_topic)
    bus.hear("revoke", lambda fact: _revoke(fact["person"], fact["session"]))
    try:
        while True:
            await asyncio.sleep(PING_SECONDS)
            for streams in list(_streams.values()):
                for stream in list(streams):
                    stream.push(PING)
    finally:
        _loop = None


def end_all() -> None:
    """The process stops: every reader comes back to the next one."""
    for streams in list(_streams.values()):
        for stream in list(streams):
            stream.end()


def is_anyone_here() -> bool:
    return bool(_streams)


def streams_of(person_id: int) -> set[Stream]:
    return _streams.get(person_id, set())


def on_loop(call: Callable[..., None], *args: Any) -> None:
    """Run `call` on the serving event loop, from any thread; nothing happens in a process that serves nobody."""
    loop = _loop
    if loop is not None:
        with contextlib.suppress(RuntimeError):  # it is being closed
            loop.call_soon_threadsafe(call, *args)


def publish(person_ids: Iterable[int], frame: bytes) -> None:
    """Send an unnumbered frame (a signal; never words) to everything these people have open, in every process."""
    to = list(person_ids)
    on_loop(_push, to, frame)
    bus.post("frame", {"to": to, "frame": frame.decode()})


def _push(person_ids: list[int], frame: bytes) -> None:
    for person_id in person_ids:
        for stream in list(streams_of(person_id)):
            stream.push(frame)


def tell(topic: str, frame: bytes) -> None:
    """Send an unnumbered frame (a signal; never words) to every page that listens to this, in every process."""
    on_loop(_tell, topic, frame)
    bus.post("topic", {"topic": topic, "frame": frame.decode()})


def listening(topic: str) -> list[Stream]:
    """The pages that listen to this in this process; for the event loop."""
    return list(_listening.get(topic, ()))


def _tell(topic: str, frame: bytes) -> None:
    for stream in listening(topic):
        stream.push(frame)


def end_topic(topic: str) -> None:
    """Whoever listens to this loses the stream now, and must prove anew what they may hear."""
    on_loop(_end_topic, topic)
    bus.post("topic_over", topic)


def _end_topic(topic: str) -> None:
    for stream in listening(topic):
        stream.end()


def revoke_person(person_id: int) -> None:
    """Their rights changed or they were erased: every stream ends now and must prove itself again."""
    _revoke_everywhere(person_id, None)


def revoke_device(session_key: str) -> None:
    """One device was signed out: its stream ends now."""
    _revoke_everywhere(None, session_key)


def _revoke_everywhere(person_id: int | None, session: str | None) -> None:
    _drop(person_id, session)
    on_loop(_end, person_id, session)
    bus.post("revoke", {"person": person_id, "session": session})


def _revoke(person_id: int | None, session: str | None) -> None:
    _drop(person_id, session)
    _end(person_id, session)


def revoke_here(person_id: int | None = None, session: str | None = None) -> None:
    """From any thread: what another process revoked was noticed without the bus."""
    _drop(person_id, session)
    on_loop(_end, person_id, session)


def forget_here(person_id: int) -> None:
    """From any thread: ask anew who their sessions belong to; what is open stays open."""
    _drop(person_id, None)


def times_revoked() -> int:
    """Whoever asked the database who somebody is, and sees that this moved meanwhile, asks again."""
    return _times_revoked


def open_sessions(person_ids: Iterable[int]) -> list[str]:
    """The sessions these people listen with, in this process."""
    return [stream.session for each in person_ids for stream in list(streams_of(each))]


def _drop(person_id: int | None, session: str | None) -> None:
    global _times_revoked
    _times_revoked += 1
    for hearer in _on_revoke:
        hearer(person_id, session)


def _end(person_id: int | None, session: str | None) -> None:
    for streams in list(_streams.values()):
        for stream in list(streams):
            if stream.person_id == person_id or stream.session == session:
                stream.end()


async def serve(
    receive: Receive, send: Send, stream: Stream, replay: Callable[[Stream], AsyncIterator[bytes]]
) -> None:
    """Keep one stream open: first what was missed, then what happens, until either side ends it."""
    mine = _streams[stream.person_id]
    mine.add(stream)
    for topic in stream.topics:
        _listening[topic].add(stream)
    if len(mine) > MOST_STREAMS_EACH:
        next(each for each in mine if each is not stream).end()
    gone = asyncio.ensure_future(_until_gone(receive, stream))
    try:
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        async for missed in replay(stream):
            await send({"type": "http.response.body", "body": missed, "more_body": True})
        stream.replayed()
        while not stream.is_over:
            body = await stream.take()
            if body and not gone.done():
                await send({"type": "http.response.body", "body": body, "more_body": True})
        if not gone.done():
            await send({"type": "http.response.body", "body": b"", "more_body": False})
    except asyncio.CancelledError:
        if not stream.is_over:
            raise
    finally:
        gone.cancel()
        mine.discard(stream)
        if not mine:
            _streams.pop(stream.person_id, None)
        _listen_no_more(stream)


def _listen_no_more(stream: Stream) -> None:
    for topic in stream.topics:
        _listening[topic].discard(stream)
        if not _listening[topic]:
            del _listening[topic]


async def _until_gone(receive: Receive, stream: Stream) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    stream.end()
