"""The service on a database of its own, started, killed and asked at will."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlencode

from tests.chaos.databases import Postgres
from tests.journeys.server import NOT_HANDED_DOWN, PROGRAM, ROOT, free_port

TOKEN = "k" * 32  # a form's token is the cookie's: any will do for who sets both
AWAY = (OSError, http.client.HTTPException)


@dataclass(frozen=True)
class Pair:
    """Two people, by their cookies, and the conversation between them."""

    cookies: tuple[str, str]
    place: str


@dataclass(frozen=True)
class Ground:
    """An empty service with a few people who may write to each other: prepared once, copied for each storm."""

    var: Path
    url: str
    pairs: tuple[Pair, ...]
    # The cookie of somebody on call.
    on_call: str = ""

    def copied(self, var: Path, postgres: Postgres | None) -> Ground:
        shutil.copytree(self.var, var)
        return Ground(var, postgres.copied_database(self.url) if postgres else "", self.pairs, self.on_call)

    @property
    def env(self) -> dict[str, str]:
        own = {*NOT_HANDED_DOWN, "VALKEY_URL"}
        kept = {name: value for name, value in os.environ.items() if name not in own}
        # The files of the pages are not what is tried here.
        told = {"COMPANIONWAY_VAR": str(self.var), "DEBUG": "true", "PYTHONPATH": str(ROOT)}
        return kept | told | ({"DATABASE_URL": self.url} if self.url else {})


def prepare(var: Path, url: str, pairs: int) -> Ground:
    """Migrate, and let people meet."""
    var.mkdir(parents=True, exist_ok=True)
    env = Ground(var, url, ()).env
    _manage(env, "migrate", "-v0")
    people = json.loads(_manage(env, "bench_people", given=json.dumps({"people": 2 * pairs}) + "\n"))
    two = list(zip(people[::2], people[1::2], strict=True))
    asked = [json.dumps({"conversation": [one["id"], other["id"]]}) + "\n" for one, other in two]
    places = _manage(env, "bench_people", given="".join(asked)).splitlines()
    met = zip(two, places, strict=True)
    on_call = json.loads(_manage(env, "bench_people", given='{"on_call": true}\n'))["cookie"]
    return Ground(
        var,
        url,
        tuple(Pair((one["cookie"], other["cookie"]), json.loads(place)) for (one, other), place in met),
        on_call,
    )


def _manage(env: dict[str, str], *command: str, given: str = "") -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *command], cwd=ROOT, env=env, input=given,
        capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


class House:
    """One or two serving processes (`ports`) and a worker, all forked by one parent that stays."""

    def __init__(self, ground: Ground, *, fault: str = "", **more: str) -> None:
        self.var, self.url, self.pairs, self.fault = ground.var, ground.url, ground.pairs, fault
        self.on_call = ground.on_call
        self.ports = [free_port()]
        self.running: dict[int, int] = {}
        self.worker = 0
        self._cold: dict[int, subprocess.Popen[bytes]] = {}
        self.env = ground.env | more | {"PUBLIC_URL": f"http://127.0.0.1:{self.ports[0]}"}
        self._began, self._begins = os.pipe()
        os.set_blocking(self._begins, False)
        self._open_parent()

    def _open_parent(self) -> None:
        self._parent = subprocess.Popen(
            [sys.executable, "-m", "tests.chaos.spawner"], cwd=ROOT, env=self.env, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, pass_fds=[self._begins],
        )  # fmt: skip
        assert self._hears() == {"ready": True}

    def _hears(self) -> Any:
        assert self._parent.stdout is not None
        heard = json.loads(self._parent.stdout.readline())
        assert not (isinstance(heard, dict) and "failed" in heard), heard
        return heard

    def tell_parent(self, **asked: Any) -> Any:
        assert self._parent.stdin is not None
        self._parent.stdin.write(json.dumps(asked) + "\n")
        self._parent.stdin.flush()
        return self._hears()

    def become_two(self, **more: str) -> None:
        """From here on two processes serve; `more` is what they are told (where the bus is)."""
        self.close()
        self.env |= more
        self.ports.append(free_port())
        self._open_parent()

    # -- processes

    def start(self, which: int = 0, *, cold: bool = False) -> None:
        port = self.ports[which]
        if cold:
            command = [*PROGRAM, "serve", "--host", "127.0.0.1", "--port", str(port), "--no-work"]
            with (self.var / "server.log").open("ab") as log:
                process = subprocess.Popen(command, cwd=ROOT, env=self.env, stdout=log, stderr=log)
            self._cold[which], self.running[which] = process, process.pid
        else:
            # Two processes would mix their bytes on the one pipe.
            pipe = self._begins if len(self.ports) == 1 and not self.fault else -1
            answer = self.tell_parent(do="serve", port=port, fault=self.fault, pipe=pipe)
            self.running[which] = answer["pid"]

    def start_all(self) -> None:
        for which in range(len(self.ports)):
            self.start(which)
            self.wait_until_it_answers(which)

    def kill(self, which: int = 0) -> None:
        pid = self.running.pop(which, 0)
        if pid:
            os.kill(pid, signal.SIGKILL)
            if cold := self._cold.pop(which, None):
                cold.wait(timeout=20)
            else:
                self.tell_parent(do="reap", pid=pid)

    def start_worker(self) -> None:
        self.worker = self.tell_parent(do="work")["pid"]

    def kill_worker(self) -> None:
        if self.worker:
            os.kill(self.worker, signal.SIGKILL)
            self.tell_parent(do="reap", pid=self.worker)
            self.worker = 0

    def wait_for_a_commit(self, seconds: float) -> bool:
        """Until the lane begins to commit (or nobody writes for so long)."""
        while select.select([self._began], [], [], 0)[0]:
            os.read(self._began, 65536)
        return bool(select.select([self._began], [], [], seconds)[0])

    def wait_until_it_answers(self, which: int = 0, seconds: float = 90) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            with contextlib.suppress(*AWAY):
                if (
                    self.ask(
                        self.pairs[0].cookies[0], "GET", f"/messages/{self.pairs[0].place}/since", which=which
                    )[0]
                    == 200
                ):
                    return
            time.sleep(0.02)
        raise AssertionError(f"the service did not start; see {self.var / 'server.log'}")

    def close(self) -> None:
        for which in list(self.running):
            self.kill(which)
        self.kill_worker()
        assert self._parent.stdin is not None
        self._parent.stdin.close()
        self._parent.wait(timeout=20)

    # -- questions

    def ask(
        self, cookie: str, method: str, path: str, fields: dict[str, str] | None = None, *,
        which: int = 0, wait: float = 20, page: bool = False,
    ) -> tuple[int, bytes]:  # fmt: skip
        """One request; as a script would, or as a form without one (`page`)."""
        port = self.ports[which % len(self.ports)]
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=wait)
        headers = {
            "Cookie": f"{cookie}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
            "Accept": "text/html" if page else "application/json",
            "Origin": f"http://127.0.0.1:{port}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        if not page:
            headers["X-Requested-With"] = "fetch"
        try:
            connection.request(method, path, urlencode(fields or {}), headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def send(
        self, pair: int, who: int, text: str, client_id: str, *, which: int = 0, wait: float = 20
    ) -> dict[str, Any] | None:
        """What the service says it has stored, or None when it says that it has not."""
        place = self.pairs[pair].place
        fields = {"text": text, "client_id": client_id}
        status, body = self.ask(
            self.pairs[pair].cookies[who], "POST", f"/messages/{place}/send", fields, which=which, wait=wait
        )
        return cast(dict[str, Any], json.loads(body)) if status == 200 else None
