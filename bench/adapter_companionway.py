"""How the load generator (peerbench) speaks with Companionway; the protocol is in its peerbench/base.py.

The generator's own `ref` adapter does the rest: reading streams, cookies, pages.
Options: run=FOLDER (pid files), port=N, page=list|talk
"""

from __future__ import annotations

import asyncio
import html
import json
import os
import re
import secrets
import subprocess
import sys
from pathlib import Path
from typing import Any

import aiohttp
from peerbench.adapters.ref import Adapter as RefAdapter
from peerbench.adapters.ref import Client as RefClient

ROOT = Path(__file__).resolve().parents[1]
WORDS = re.compile(r'</span>(.*?)</div><div class="meta">', re.S)


class Client(RefClient):
    """One signed-in person with an open stream."""

    async def start(self) -> None:
        if self.ad.opts.get("live") != "none":
            await super().start()

    async def loop(self) -> None:
        buffer = b""
        while chunk := await self.rd.read(65536):
            *frames, buffer = (buffer + chunk).split(b"\n\n")
            for frame in frames:
                at = frame.find(b"data: ")
                found = json.loads(frame[at + 6 :]) if at >= 0 else {}
                if words := WORDS.search(found.get("html", "")):
                    self.on_text(html.unescape(words.group(1)))

    async def send(self, conv: str, text: str) -> None:
        form = {"text": text, "client_id": secrets.token_hex(12)}
        headers = {**self.h, "Accept": "application/json", "Origin": self.ad.u}
        async with self.ad.s.post(f"{self.ad.u}/messages/{conv}/send", data=form, headers=headers) as answer:
            if answer.status != 200:
                raise RuntimeError(f"{answer.status} {(await answer.text())[:200]}")
            await answer.read()

    async def history(self, conv: str, limit: int) -> int:
        headers = {**self.h, "Accept": "application/json"}
        async with self.ad.s.get(f"{self.ad.u}/messages/{conv}/since", headers=headers) as answer:
            return min(limit, len((await answer.json())["messages"]))


class Adapter(RefAdapter):
    """People and conversations come from `manage.py bench_people`, which runs beside the server."""

    name = "companionway"

    def __init__(self, opts: dict[str, str]) -> None:
        super().__init__(opts)
        self.port = int(opts.get("port", os.environ.get("PORT", "8000")))
        self.u = f"http://127.0.0.1:{self.port}"
        self.asking = asyncio.Lock()
        self.command = subprocess.Popen(
            [os.environ.get("COMPANIONWAY_PYTHON", sys.executable), "manage.py", "bench_people"],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    async def ask(self, question: dict[str, Any]) -> Any:
        async with self.asking:
            return await asyncio.to_thread(self._ask, question)

    def _ask(self, question: dict[str, Any]) -> Any:
        assert self.command.stdin and self.command.stdout
        self.command.stdin.write(json.dumps(question) + "\n")
        self.command.stdin.flush()
        return json.loads(self.command.stdout.readline())

    async def prepare(self, people: int) -> None:
        self.s = self.s or aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0), cookie_jar=aiohttp.DummyCookieJar()
        )
        wanted = people - len(self.cookies)
        for made in await self.ask({"people": wanted}) if wanted > 0 else []:
            self.cookies[len(self.cookies)] = (made["cookie"], made["id"])
        if self.opts.get("seed"):
            self.conv = await self.ask({"conversation": [self.cookies[0][1], self.cookies[1][1]]})
            for number in range(60):
                await Client(self, number % 2).send(self.conv, f"{number}|" + "hello there " * 16)

    async def connect(self, i: int) -> Client:
        client = Client(self, i)
        await client.start()
        return client

    async def conversation(self, members: list[Client]) -> str:
        return str(await self.ask({"conversation": [member.uid for member in members]}))

    async def close(self) -> None:
        await super().close()
        self.command.terminate()
