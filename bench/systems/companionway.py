"""Companionway as it is served: one process on SQLite or PostgreSQL, or two processes with Valkey between them."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench.databases import Postgres, Valkey, why_no_postgres, why_no_valkey
from bench.machine import end, free_port, wait_for
from bench.systems.base import CONVERSATION, HISTORY, IDLE, PAGE, ROOM, System
from bench.systems.browsing import Browsing

ROOT = Path(__file__).resolve().parents[2]


class CompanionwayPerson(Browsing):
    def __init__(self, number: int, port: int, cookie: str, person_id: int) -> None:
        super().__init__(number, port, cookie)
        self.person_id = person_id

    async def send(self, place: str, words: str) -> None:
        mark = words.split("~")[1]
        form = {"text": words, "note": "", "client_id": f"bench-{mark}"}
        answer = json.loads(await self.asking.post(f"/messages/{place}/send", form))
        if not answer["id"]:
            raise RuntimeError("answered without a number")

    async def history(self, place: str, limit: int) -> str:
        return (await self.asking.get(f"/messages/{place}/since")).decode()


class Companionway(System):
    """The default: one process, SQLite with synchronous=FULL."""

    name = "sqlite"
    paths = frozenset({CONVERSATION, ROOM, IDLE, HISTORY, PAGE})
    processes_serving = 1

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.env = {**os.environ, "COMPANIONWAY_VAR": str(folder), "ALLOWED_HOSTS": "127.0.0.1"}
        for name in ("DATABASE_URL", "VALKEY_URL"):
            self.env.pop(name, None)
        self.serving: list[subprocess.Popen[bytes]] = []
        self.ports: list[int] = []
        self.known: list[dict[str, Any]] = []
        self.asked: dict[str, subprocess.Popen[str]] = {}

    def prepare(self) -> None:
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=self.env, check=True)
        collect = [sys.executable, "manage.py", "collectstatic", "-v0", "--noinput"]
        subprocess.run(collect, cwd=ROOT, env=self.env, check=True)

    def open_store(self) -> None:
        """What must run so that rows can be written while nobody is served."""

    def close_store(self) -> None:
        """The opposite."""

    def start(self) -> None:
        self.ports = [free_port() for _ in range(self.processes_serving)]
        for number, port in enumerate(self.ports):
            options = ["--port", str(port), *(["--no-work"] if number else [])]
            command = [sys.executable, "-m", "companionway.config.cli", "serve", *options]
            env = {**self.env, "PUBLIC_URL": f"http://127.0.0.1:{port}"}
            self.serving.append(subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL))
        for port in self.ports:
            wait_for(port)

    def stop(self) -> None:
        while self.serving:
            end(self.serving.pop())

    def processes(self) -> list[int]:
        return [each.pid for each in self.serving]

    async def people(self, number: int) -> None:
        if number > len(self.known):
            self.known += await self.ask({"people": number - len(self.known)})

    async def connect(self, number: int, *, live: bool = True) -> CompanionwayPerson:
        # With two processes, the two people of a conversation are in different ones: every message crosses.
        port, known = self.ports[number % len(self.ports)], self.known[number]
        person = CompanionwayPerson(number, port, known["cookie"], known["id"])
        if live:
            await person.listen("/live")
        return person

    async def place(self, members: list[Any]) -> str:
        return str(await self.ask({"conversation": [member.person_id for member in members]}))

    async def page(self, person: CompanionwayPerson, place: str) -> int:
        return len(await person.asking.get(f"/messages/{place}/", "text/html"))

    async def ask(self, question: dict[str, Any], command: str = "bench_people") -> Any:
        """People and where they talk are made by commands that run beside the server and are not measured."""
        return await asyncio.to_thread(self._ask_and_wait, question, command)

    def _ask_and_wait(self, question: dict[str, Any], command: str) -> Any:
        if command not in self.asked:
            pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
            run = [sys.executable, "manage.py", command]
            self.asked[command] = subprocess.Popen(run, cwd=ROOT, env=self.env, **pipes)
        asked = self.asked[command]
        assert asked.stdin and asked.stdout
        asked.stdin.write(json.dumps(question) + "\n")
        asked.stdin.flush()
        return json.loads(asked.stdout.readline())

    async def close(self) -> None:
        while self.asked:
            _command, asked = self.asked.popitem()
            if asked.stdin:
                asked.stdin.close()
                asked.wait(20)


class OnPostgres(Companionway):
    name = "postgres"
    postgres: Postgres

    def why_not(self) -> str:
        return why_no_postgres()

    def prepare(self) -> None:
        self.postgres = Postgres(self.folder)
        self.postgres.start()
        self.env["DATABASE_URL"] = self.postgres.url()
        super().prepare()
        self.postgres.stop()

    def open_store(self) -> None:
        self.postgres.start()

    def close_store(self) -> None:
        self.postgres.stop()

    def start(self) -> None:
        self.open_store()
        super().start()

    def stop(self) -> None:
        super().stop()
        self.close_store()

    def processes(self) -> list[int]:
        return [*super().processes(), self.postgres.pid()]


class OnPostgresTwice(OnPostgres):
    name = "postgres-valkey"
    processes_serving = 2

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.valkey = Valkey()
        self.env["VALKEY_URL"] = self.valkey.url()

    def why_not(self) -> str:
        return super().why_not() or why_no_valkey()

    def start(self) -> None:
        self.valkey.start()
        super().start()

    def stop(self) -> None:
        super().stop()
        self.valkey.stop()

    def processes(self) -> list[int]:
        return [*super().processes(), self.valkey.pid()]
