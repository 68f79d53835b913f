"""The floor under every web program here; see `bench.floor_app`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

from bench.floor_app import sign
from bench.machine import end, free_port, wait_for
from bench.systems.base import CONVERSATION, HISTORY, IDLE, ROOM, System
from bench.systems.browsing import Browsing


class FloorPerson(Browsing):
    async def send(self, place: int, words: str) -> None:
        await self.asking.post(f"/messages/{place}", {"text": words, "client_id": words[1:25]})

    async def history(self, place: int, limit: int) -> str:
        return (await self.asking.get(f"/messages/{place}")).decode()


class Floor(System):
    name = "floor"
    paths = frozenset({CONVERSATION, ROOM, IDLE, HISTORY})
    process: subprocess.Popen[bytes] | None = None
    port = 0

    def start(self) -> None:
        self.port = free_port()
        here = {**os.environ, "FLOOR_DATABASE": str(self.folder / "floor.sqlite3")}
        options = ["--port", str(self.port), "--loop", "uvloop", "--http", "httptools", "--ws", "none"]
        quiet = ["--log-level", "warning", "--no-access-log", "--no-server-header"]
        command = [sys.executable, "-m", "uvicorn", "bench.floor_app:application", *options, *quiet]
        self.process = subprocess.Popen(command, env=here)
        wait_for(self.port)

    def stop(self) -> None:
        end(self.process)

    def processes(self) -> list[int]:
        assert self.process is not None
        return [self.process.pid]

    async def people(self, number: int) -> None:
        """Anybody with a signed cookie is somebody."""

    async def connect(self, number: int, *, live: bool = True) -> FloorPerson:
        person = FloorPerson(number, self.port, f"floor={sign(number)}")
        if live:
            await person.listen("/live")
        return person

    async def place(self, members: list[Any]) -> int:
        form = {"members": ",".join(str(member.number) for member in members)}
        return int(json.loads(await members[0].asking.post("/place", form))["place"])
