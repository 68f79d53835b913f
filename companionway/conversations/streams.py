"""Who may listen live: each person to the conversations they are in, from where they stopped listening."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator

from companionway.conversations import places, queries, telling
from companionway.conversations.bubbles import Look
from companionway.foundation import lane, live
from companionway.foundation.live import Receive, Send, Stream

AT_ONCE = 100
HELLO = b": hello\n\n"
# Everybody loses the stream at the same moment when the service restarts: each comes back at a moment of its own.
COME_BACK_MS = (1000, 3000)


async def listen(
    receive: Receive,
    send: Send,
    *,
    person_id: int,
    session: str,
    look: Look,
    after: int | None,
    topics: frozenset[str] = frozenset(),
) -> None:
    """Keep one stream open. `after` is the last number this device has; None begins with what comes now."""
    stream = Stream(person_id, session, look, telling.known() if after is None else after, topics)
    await live.serve(receive, send, stream, _missed)


async def _missed(stream: Stream) -> AsyncIterator[bytes]:
    yield HELLO
    more = stream.after < telling.known()
    while more:
        rows = await lane.read(queries.changed_since, stream.person_id, stream.after, AT_ONCE)
        frames = []
        for shown in rows:
            place = places.kept_by_id(shown.conversation_id)
            if place is None:
                place = await lane.read(places.load, conversation_id=shown.conversation_id)
            if place is not None and not place.hides(stream.person_id, shown.id, shown.author_id):
                frames.append(telling.frame(shown, place, stream.person_id, stream.look))
            stream.after = shown.seq
        more = len(rows) == AT_ONCE
        yield b"".join(frames)
    pause = random.randint(*COME_BACK_MS)  # noqa: S311 - to spread a crowd, no secret
    yield f"retry: {pause}\nevent: here\nid: {stream.after}\ndata: {{}}\n\n".encode()
