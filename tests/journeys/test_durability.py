"""What was acknowledged is there, once and in order, on every screen: through kill -9 and through lost connections."""

from __future__ import annotations

import copy
import http.client
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.journeys.server import NOT_HANDED_DOWN, PROGRAM, ROOT, free_port, fresh_database

KILLS, WRITERS, READERS = 8, 4, 4
DURABLE_FAULTS = {"acknowledges_first": "lost", "forgets_names": "twice", "never_resumes": "missed"}


class House:
    """The service on a database of its own, killed and started at will; two people who write to each other."""

    def __init__(self, var: Path, database_url: str, fault: str = "") -> None:
        self.port, self.fault = free_port(), fault
        self.env = {name: value for name, value in os.environ.items() if name not in NOT_HANDED_DOWN} | {
            "COMPANIONWAY_VAR": str(var),
            "PUBLIC_URL": f"http://127.0.0.1:{self.port}",
            # The files of the pages are not what is tried here.
            "DEBUG": "true",
        }
        if database_url:
            self.env["DATABASE_URL"] = database_url
        self._manage("migrate", "-v0")
        asking = '{"people": 2}\n'
        people = json.loads(self._manage("bench_people", given=asking))
        self.cookies = [each["cookie"] for each in people]
        ids = json.dumps({"conversation": [each["id"] for each in people]})
        self.place = json.loads(self._manage("bench_people", given=ids + "\n"))
        self.process: subprocess.Popen[bytes] | None = None
        self.start()

    def beside(self) -> House:
        """Another process on the same database."""
        other = copy.copy(self)
        other.port = free_port()
        other.env = self.env | {"PUBLIC_URL": f"http://127.0.0.1:{other.port}"}
        other.start()
        return other

    def _manage(self, *command: str, given: str = "") -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *command], cwd=ROOT, env=self.env, input=given,
            capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self) -> None:
        program = [*PROGRAM, "serve", "--host", "127.0.0.1", "--port", str(self.port), "--no-work"]
        if self.fault:
            app = f"tests.journeys.faulty:{self.fault}"
            program = [sys.executable, "-m", "uvicorn", app, "--host", "127.0.0.1", "--port", str(self.port)]
        self.process = subprocess.Popen(
            program, cwd=ROOT, env=self.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                if self.ask(0, "GET", f"/messages/{self.place}/since")[0] == 200:
                    return
            except (OSError, http.client.HTTPException):
                time.sleep(0.05)
        raise AssertionError("the service did not start")

    def kill(self) -> None:
        if self.process:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait(timeout=20)

    def ask(self, who: int, method: str, path: str, body: str = "", wait: float = 20) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=wait)
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

    def send(self, who: int, name: str, wait: float = 20) -> bool:
        body = urlencode({"text": f"word {name}.", "client_id": name})
        status, _ = self.ask(who, "POST", f"/messages/{self.place}/send", body, wait)
        return status == 200

    def stored(self) -> list[tuple[int, str]]:
        """Everything in the conversation, oldest first, as the service tells it: (id, whose name it bears)."""
        found: dict[int, tuple[int, str]] = {}
        since = 1
        while True:
            _, body = self.ask(0, "GET", f"/messages/{self.place}/since?seq={since}")
            rows = json.loads(body)["messages"]
            for row in rows:
                found[row["id"]] = (row["id"], word_in(row["html"]))
                since = row["seq"]
            if not rows:
                return [found[key] for key in sorted(found)]


def word_in(html: str) -> str:
    at = html.find("word ")
    return html[at + 5 : html.find(".", at)] if at >= 0 else ""


class Reader(threading.Thread):
    """One open screen: comes back with the last number it has, shows each message once."""

    def __init__(self, house: House, who: int, seed: int) -> None:
        super().__init__(daemon=True)
        self.house, self.who, self.random = house, who, random.Random(seed)
        self.shown: list[tuple[int, str]] = []
        self.last, self.came_back, self.is_done = "0", 0, False
        self.patience = (0.05, 0.6)

    def run(self) -> None:
        while not self.is_done:
            try:
                self._look(self.random.uniform(*self.patience))
            except (OSError, http.client.HTTPException):
                time.sleep(0.03)

    def _look(self, seconds: float) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.house.port, timeout=max(1, seconds))
        try:
            cookie = self.house.cookies[self.who]
            connection.request("GET", "/live", headers={"Cookie": cookie, "Last-Event-ID": self.last})
            stream = connection.getresponse()
            self.came_back += 1
            until, number = time.monotonic() + seconds, ""
            while time.monotonic() < until and (line := stream.readline()):
                if line.startswith(b"id: "):
                    number = line[4:].decode().strip()
                elif line.startswith(b"data: ") and number:
                    self._show(json.loads(line[6:]))
                    self.last = number
        finally:
            connection.close()

    def _show(self, found: dict[str, object]) -> None:
        known = {shown_id for shown_id, _ in self.shown}
        if found.get("id") and found["id"] not in known and (word := word_in(str(found["html"]))):
            self.shown.append((int(str(found["id"])), word))


class Writer(threading.Thread):
    """Sends one thing after the other, each again and again under its own name until it is acknowledged."""

    def __init__(self, house: House, number: int) -> None:
        super().__init__(daemon=True)
        self.house, self.number, self.acknowledged, self.is_done = house, number, [], False

    acknowledged: list[str]

    def run(self) -> None:
        count = 0
        while not self.is_done:
            name = f"writer{self.number}-{count:05d}"
            count += 1
            while not self.is_done:
                try:
                    # An impatient device tries again although the first try may have arrived.
                    if self.house.send(self.number % 2, name, wait=0.02 if count % 5 == 0 else 10):
                        self.acknowledged.append(name)
                        break
                except (OSError, http.client.HTTPException):
                    time.sleep(0.05)
            time.sleep(0.01)


def faults_after(house: House, kills: int) -> dict[str, list[str]]:
    """Write and read while the service is killed; what was lost, doubled, disordered or missed."""
    chance = random.Random(4)
    readers = [Reader(house, number % 2, number) for number in range(READERS)]
    writers = [Writer(house, number) for number in range(WRITERS)]
    for thread in [*readers, *writers]:
        thread.start()
    for _ in range(kills):
        time.sleep(chance.uniform(0.4, 1.2))
        house.kill()
        house.start()
    time.sleep(0.5)
    for writer in writers:
        writer.is_done = True
    for writer in writers:
        writer.join(timeout=25)
    stored = house.stored()
    until = time.monotonic() + 15
    while time.monotonic() < until and any(reader.shown[-1:] != stored[-1:] for reader in readers):
        time.sleep(0.1)
    for reader in readers:
        reader.is_done = True
    names = [name for _, name in stored]
    acknowledged = [name for writer in writers for name in writer.acknowledged]
    assert len(acknowledged) > kills, "hardly anything was sent: this proves nothing"
    own = [[name for name in names if name.startswith(f"writer{writer.number}-")] for writer in writers]
    return {
        "lost": sorted(set(acknowledged) - set(names)),
        "twice": sorted({name for name in names if names.count(name) > 1}),
        "disordered": [sent[0] for sent in own if sent != sorted(sent)],
        "missed": [str(reader.who) for reader in readers if reader.shown != stored],
    }


@pytest.fixture
def database_url() -> Iterator[str]:
    with fresh_database() as url:
        yield url


def test_nothing_acknowledged_is_lost_doubled_or_disordered_by_kill_9(
    tmp_path: Path, database_url: str
) -> None:
    house = House(tmp_path, database_url)
    try:
        assert {kind: found for kind, found in faults_after(house, KILLS).items() if found} == {}
    finally:
        house.kill()


@pytest.mark.parametrize("fault", DURABLE_FAULTS)
def test_the_seeded_fault_is_seen(fault: str, tmp_path: Path, database_url: str) -> None:
    house = House(tmp_path, database_url, fault)
    try:
        assert faults_after(house, 3)[DURABLE_FAULTS[fault]] != []
    finally:
        house.kill()


def test_two_hundred_reconnects_of_five_streams_show_everything_once(
    tmp_path: Path, database_url: str
) -> None:
    house = House(tmp_path, database_url)
    readers = [Reader(house, number % 2, number) for number in range(5)]
    try:
        for reader in readers:
            reader.patience = (0.0, 0.12)
            reader.start()
        until, count = time.monotonic() + 120, 0
        while time.monotonic() < until and min(reader.came_back for reader in readers) < 200:
            assert house.send(count % 2, f"number-{count:05d}")
            count += 1
            time.sleep(0.03)
        for reader in readers:
            reader.patience = (1.0, 1.0)
        stored = house.stored()
        assert len(stored) == count
        until = time.monotonic() + 20
        while time.monotonic() < until and any(reader.shown != stored for reader in readers):
            time.sleep(0.1)
        assert [reader.shown == stored for reader in readers] == [True] * 5
        assert min(reader.came_back for reader in readers) >= 200
    finally:
        for reader in readers:
            reader.is_done = True
        house.kill()
