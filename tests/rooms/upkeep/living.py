"""A served installation on SQLite where people write over HTTP, and a witness of what was acknowledged to them."""

from __future__ import annotations

import contextlib
import http.client
import json
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urlencode

from tests.journeys.server import PROGRAM, ROOT, free_port
from tests.rooms.upkeep.installation import Installation

AWAY = (OSError, http.client.HTTPException)


class Living:
    """One service with two people who know each other."""

    def __init__(self, var: Path) -> None:
        self.var, self.port = var, free_port()
        # The files of the pages are not what is tried here.
        self.env = Installation(var, "").env | {
            "PUBLIC_URL": f"http://127.0.0.1:{self.port}",
            "DEBUG": "true",
        }
        people = json.loads(self._manage("bench_people", given='{"people": 2}\n'))
        self.cookies = [each["cookie"] for each in people]
        ids = json.dumps({"conversation": [each["id"] for each in people]})
        self.place = json.loads(self._manage("bench_people", given=ids + "\n"))
        self.process: subprocess.Popen[bytes] | None = None

    def _manage(self, *command: str, given: str = "") -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *command], cwd=ROOT, env=self.env, input=given,
            capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def grow(self, rows: int) -> None:
        """Enough rows that a move takes a while."""
        with contextlib.closing(sqlite3.connect(self.var / "companionway.sqlite3", timeout=30)) as raw, raw:
            raw.executemany(
                "insert into foundation_record (name, subject, payload, happened_at, delivered_at, attempts) "
                "values (?, 'x:1', '{}', '2026-01-01 00:00:00', '2026-01-01 00:00:00', 0)",
                [(f"grown-{number}",) for number in range(rows)],
            )

    def moving(self, url: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [*PROGRAM, "move-database", "--to", url],
            cwd=ROOT, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip

    def start(self) -> None:
        self.process = subprocess.Popen(
            [*PROGRAM, "serve", "--host", "127.0.0.1", "--port", str(self.port), "--no-work"],
            cwd=ROOT, env=self.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        until = time.monotonic() + 120
        while time.monotonic() < until:
            with contextlib.suppress(*AWAY):
                if self.ask("GET", f"/messages/{self.place}/since")[0] == 200:
                    return
            time.sleep(0.1)
        raise AssertionError("the service did not start")

    def kill(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait(timeout=20)

    def ask(self, method: str, path: str, body: str = "", who: int = 0) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            headers = {
                "Cookie": self.cookies[who],
                "Accept": "application/json",
                "Origin": f"http://127.0.0.1:{self.port}",
                "Content-Type": "application/x-www-form-urlencoded",
            }
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def send(self, who: int, name: str) -> int:
        body = urlencode({"text": f"word {name}.", "client_id": name})
        return self.ask("POST", f"/messages/{self.place}/send", body, who)[0]

    def stored(self) -> list[str]:
        """Everything in the conversation, oldest first, as the service tells it."""
        found: dict[int, str] = {}
        since = 1
        while rows := json.loads(self.ask("GET", f"/messages/{self.place}/since?seq={since}")[1])["messages"]:
            for row in rows:
                found[row["id"]] = row["html"].partition("word ")[2].partition(".")[0]
                since = row["seq"]
        return [found[key] for key in sorted(found)]


class Writer(threading.Thread):
    """Sends one thing after the other; keeps what was acknowledged and what was answered otherwise."""

    def __init__(self, living: Living, number: int) -> None:
        super().__init__(daemon=True)
        self.living, self.number, self.is_done = living, number, False
        self.acknowledged: list[str] = []
        self.answers: set[int] = set()

    def run(self) -> None:
        count = 0
        while not self.is_done:
            name = f"writer{self.number}-{count:05d}"
            count += 1
            with contextlib.suppress(*AWAY):
                status = self.living.send(self.number % 2, name)
                self.answers.add(status)
                if status == 200:
                    self.acknowledged.append(name)
            time.sleep(0.02)
