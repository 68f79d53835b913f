"""A small HTTP/1.1 client for one machine: it must cost little beside the servers it measures."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from urllib.parse import urlencode

# What every browser sends besides: a server reads it all, so the floor gets it as well.
BROWSER = (
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\n"
    "Accept-Language: en-GB,en;q=0.8\r\nConnection: keep-alive\r\n"
    "Sec-Fetch-Dest: empty\r\nSec-Fetch-Mode: cors\r\nSec-Fetch-Site: same-origin\r\n"
)


class Faulty(Exception):
    """An answer that is not 200."""


class Connection:
    """Requests one after the other on one kept-alive connection."""

    def __init__(self, port: int, cookie: str) -> None:
        self.port, self._lock = port, asyncio.Lock()
        origin = f"http://127.0.0.1:{port}"
        self._common = (
            f"Host: 127.0.0.1:{port}\r\nCookie: {cookie}\r\nOrigin: {origin}\r\n{BROWSER}Accept: %s\r\n"
        )
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def _open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._streams is not None and self._streams[0].at_eof():
            await self.close()
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self.port, limit=2**20)
        return self._streams

    async def ask(self, method: str, path: str, form: dict[str, str] | None, accept: str) -> bytes:
        body = urlencode(form).encode() if form is not None else b""
        head = f"{method} {path} HTTP/1.1\r\n" + self._common % accept
        if form is not None:
            head += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
            head += "X-Requested-With: fetch\r\n"
        async with self._lock:
            reader, writer = await self._open()
            writer.write(head.encode() + b"\r\n" + body)
            answer = await reader.readuntil(b"\r\n\r\n")
            content = await _content(reader, answer.lower())
        if not answer.startswith(b"HTTP/1.1 200"):
            raise Faulty(answer[:40] + content[:200])
        return content

    async def post(self, path: str, form: dict[str, str]) -> bytes:
        return await self.ask("POST", path, form, "application/json")

    async def get(self, path: str, accept: str = "application/json") -> bytes:
        return await self.ask("GET", path, None, accept)

    async def listen(self, path: str, hear: Callable[[bytes], None]) -> None:
        """Read an event stream for ever; `hear` gets each event (with chunk sizes of the transport around it)."""
        reader, writer = await self._open()
        head = f"GET {path} HTTP/1.1\r\n" + self._common % "text/event-stream"
        writer.write(head.encode() + b"\r\n")
        answer = await reader.readuntil(b"\r\n\r\n")
        if not answer.startswith(b"HTTP/1.1 200"):
            raise Faulty(answer[:40])
        rest = b""
        while chunk := await reader.read(65_536):
            *events, rest = (rest + chunk).split(b"\n\n")
            for event in events:
                hear(event)

    async def close(self) -> None:
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


async def _content(reader: asyncio.StreamReader, head: bytes) -> bytes:
    _, found, rest = head.partition(b"content-length:")
    if found:
        return await reader.readexactly(int(rest.partition(b"\r\n")[0]))
    parts = []
    while size := int(await reader.readline(), 16):
        parts.append(await reader.readexactly(size))
        await reader.readexactly(2)
    await reader.readline()
    return b"".join(parts)
