"""A process that has just started: nobody misses what the one before it stored last."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from companionway.config import asgi
from companionway.conversations import services, telling
from companionway.conversations.models import Conversation
from companionway.foundation import lane, live
from tests.cast import NOW, Cast
from tests.rooms.conversations.test_lane_doors import HOST, close, cookie

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_stream_opened_before_the_telling_begins_misses_nothing(cast: Cast, pair: Conversation) -> None:
    """A process that has just started: the last message of the one before it is stored, its reader is back at once."""
    last = services.send_message(actor=cast.mina, conversation=pair, text="just before the end", now=NOW)
    scope = {
        "type": "http", "method": "GET", "path": "/live", "query_string": b"",
        "headers": [
            (b"host", HOST), (b"cookie", cookie(cast.theo)), (b"last-event-id", str(last.id - 1).encode())
        ],
    }  # fmt: skip
    heard: list[bytes] = []

    async def receive() -> Any:
        return await asyncio.sleep(3600)

    async def send(message: Any) -> None:
        heard.append(message.get("body", b""))

    async def start() -> None:
        streams = asyncio.ensure_future(live.run())
        listening = asyncio.ensure_future(asgi.application(scope, receive, send))
        await asyncio.sleep(0.3)
        telling_runs = asyncio.ensure_future(telling.run())
        try:
            for _ in range(200):
                if any(b"event: here" in each for each in heard):
                    break
                await asyncio.sleep(0.02)
        finally:
            live.end_all()
            for task in (listening, telling_runs, streams):
                task.cancel()
            await asyncio.gather(listening, telling_runs, streams, return_exceptions=True)
            await asyncio.gather(*(lane.read(close) for _ in range(8)))

    asyncio.run(start())
    assert f"id: {last.id}\ndata".encode() in b"".join(heard)
    assert b"just before the end" in b"".join(heard)


def test_a_telling_that_stumbles_sends_everybody_back_to_ask(
    cast: Cast, pair: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is stored while nobody tells is asked for by those who come back."""
    streams: list[live.Stream] = []

    async def stumbles(self: telling.Teller) -> None:
        streams.append(live.Stream(cast.theo.pk, "a session", None, 0))
        live._streams[cast.theo.pk].add(streams[0])
        raise RuntimeError("a fault of our own")

    monkeypatch.setattr(telling.Teller, "run", stumbles)

    async def start() -> None:
        with pytest.raises(RuntimeError):
            await telling.run()
        await lane.read(close)

    asyncio.run(start())
    live._streams.clear()
    assert streams[0].is_over
