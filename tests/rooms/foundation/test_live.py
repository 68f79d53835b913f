"""Streams: each number once, replay first, the slow reader let go, the revoked one ended."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from typing import Any

from companionway.foundation import live
from companionway.foundation.live import Stream

MINA, THEO = 1, 2


class Reader:
    """One browser: what arrived, and how to go away."""

    def __init__(self) -> None:
        self.body = b""
        self.is_over = False
        self.gone = asyncio.Event()
        self.may_take = asyncio.Event()
        self.may_take.set()

    async def receive(self) -> MutableMapping[str, Any]:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: MutableMapping[str, Any]) -> None:
        await self.may_take.wait()
        self.body += message.get("body", b"")
        if message["type"] == "http.response.body" and not message.get("more_body"):
            self.is_over = True


def replay_of(*frames: tuple[int, bytes]) -> Callable[[Stream], AsyncIterator[bytes]]:
    async def replay(stream: Stream) -> AsyncIterator[bytes]:
        for seq, frame in frames:
            await asyncio.sleep(0)
            stream.after = seq
            yield frame

    return replay


async def settled() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


def run(story: Callable[[], Awaitable[None]]) -> None:
    async def told() -> None:
        timer = asyncio.ensure_future(live.run())
        await settled()
        await asyncio.wait_for(story(), 10)
        timer.cancel()

    asyncio.run(told())


def opened(reader: Reader, person_id: int, session: str = "s", *frames: tuple[int, bytes]) -> Stream:
    made: list[Stream] = []

    async def keep() -> None:
        made.append(Stream(person_id, session, None, 0))
        await live.serve(reader.receive, reader.send, made[0], replay_of(*frames))

    reader.task = asyncio.ensure_future(keep())  # type: ignore[attr-defined]
    return made  # type: ignore[return-value]


def test_replay_and_live_overlap_without_a_double_or_a_gap() -> None:
    async def story() -> None:
        reader = Reader()
        made = opened(reader, MINA, "s", (1, b"1"), (2, b"2"), (3, b"3"))
        await asyncio.sleep(0)
        (stream,) = made  # type: ignore[misc]
        for seq in (2, 3, 4):  # told live while the replay is still going on
            stream.push(str(seq).encode(), seq)
        await settled()
        stream.push(b"4", 4)
        stream.push(b"5", 5)
        await settled()
        assert reader.body == b"12345"
        reader.gone.set()
        await settled()
        assert not live.is_anyone_here()

    run(story)


def test_a_signal_reaches_only_those_it_is_for() -> None:
    async def story() -> None:
        mina, theo = Reader(), Reader()
        opened(mina, MINA)
        opened(theo, THEO)
        await settled()
        await asyncio.to_thread(live.publish, [THEO], b"event: typing\n\n")
        await settled()
        assert (mina.body, theo.body) == (b"", b"event: typing\n\n")
        live.end_all()

    run(story)


def test_a_revoked_device_ends_at_once_and_others_stay() -> None:
    async def story() -> None:
        heard: list[tuple[int | None, str | None]] = []
        live.on_revoke(lambda person_id, session: heard.append((person_id, session)))
        phone, laptop, theo = Reader(), Reader(), Reader()
        opened(phone, MINA, "phone")
        opened(laptop, MINA, "laptop")
        opened(theo, THEO, "theo")
        await settled()
        await asyncio.to_thread(live.revoke_device, "phone")
        await settled()
        assert (phone.is_over, laptop.is_over, theo.is_over) == (True, False, False)
        await asyncio.to_thread(live.revoke_person, MINA)
        await settled()
        assert (laptop.is_over, theo.is_over) == (True, False)
        assert heard == [(None, "phone"), (MINA, None)]
        live.end_all()

    run(story)


def test_a_reader_that_takes_nothing_is_let_go() -> None:
    async def story() -> None:
        slow, quick = Reader(), Reader()
        opened(slow, MINA, "slow")
        opened(quick, MINA, "quick")
        await settled()
        slow.may_take.clear()
        for seq in range(1, 60):
            for stream in list(live.streams_of(MINA)):
                stream.push(b"x" * 8192, seq)
            await settled()
        assert slow.task.done()  # type: ignore[attr-defined]
        assert len(live.streams_of(MINA)) == 1
        assert len(quick.body) == 59 * 8192
        live.end_all()

    run(story)


def test_nobody_keeps_more_streams_than_they_can_look_at() -> None:
    async def story() -> None:
        readers = [Reader() for _ in range(live.MOST_STREAMS_EACH + 3)]
        for reader in readers:
            opened(reader, MINA)
            await settled()
        assert sum(not reader.is_over for reader in readers) == live.MOST_STREAMS_EACH
        assert not readers[-1].is_over
        live.end_all()

    run(story)


def test_telling_in_a_process_that_serves_nobody_does_nothing() -> None:
    live.publish([MINA], b"nobody hears")
    live.revoke_person(MINA)
