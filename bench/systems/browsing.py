"""A person who comes by the web: one connection that listens, one that asks."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable

from bench.systems.base import MARK
from bench.web import Connection


class Browsing:
    """Shared by Companionway and the floor; each says how it sends and reads."""

    def __init__(self, number: int, port: int, cookie: str) -> None:
        self.number, self.asking, self._listening = number, Connection(port, cookie), Connection(port, cookie)
        self.on_mark: Callable[[str], None] = lambda mark: None
        self._task: asyncio.Task[None] | None = None
        self._open: asyncio.Future[None] | None = None

    async def listen(self, path: str) -> None:
        self._open = asyncio.get_running_loop().create_future()
        self._task = asyncio.ensure_future(self._listening.listen(path, self._hear))
        await asyncio.wait({self._task, self._open}, timeout=30, return_when=asyncio.FIRST_COMPLETED)
        if self._task.done() or not self._open.done():
            raise RuntimeError("the live connection did not open")

    def _hear(self, event: bytes) -> None:
        if self._open is not None and not self._open.done():
            self._open.set_result(None)
        if found := MARK.search(event):
            self.on_mark(found.group(1).decode())

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError, OSError):
                await self._task
        await self._listening.close()
        await self.asking.close()
