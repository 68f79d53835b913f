"""Does one small server hold? python -m bench.holding small|rooms|meeting|grown [MINUTES]

small: one process, SQLite, 300 open streams, 20 messages and one page a second between pairs. rooms: the same in three
rooms of a hundred, so that each message goes to a hundred. meeting: three open meetings of a hundred seats, each share
drawn for a hundred; each page looks again every two minutes, as it does. grown: PostgreSQL, Valkey, two live and two
page processes and a worker behind nginx, twice the load of the first; half-way one live process is killed and begun
again.
The load is open: a message goes when its time has come, however slow the answers are, and its delay counts from then.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import uvloop

from bench.load import centile, few_at_once, words
from bench.machine import allow_many_files, calibrate, cpu_seconds, end, free_port, memory_mib, wait_for
from bench.places import Chair, Chairs, conversations, meetings
from bench.proxy import Nginx, why_no_nginx
from bench.systems.base import MARK
from bench.systems.companionway import ROOT, Companionway, OnPostgresTwice
from bench.web import Connection, Faulty

PROGRAM = [sys.executable, "-m", "companionway.config.cli"]
PATIENCE = 20.0
COME_BACK = 0.5


class Grown(OnPostgresTwice):
    """Two live and two page processes and a worker behind the shipped nginx file."""

    name = "grown"
    nginx: Nginx
    worker: subprocess.Popen[bytes]

    def why_not(self) -> str:
        return super().why_not() or why_no_nginx()

    def start(self) -> None:
        self.postgres.start()
        self.valkey.start()
        self.own_ports = [free_port() for _ in range(4)]
        self.nginx = Nginx(self.folder / "nginx", live=self.own_ports[:2], pages=self.own_ports[2:])
        self.env["PUBLIC_URL"] = f"http://127.0.0.1:{self.nginx.plain}"
        self.serving = [self._serve(port) for port in self.own_ports]
        self.worker = subprocess.Popen([*PROGRAM, "work"], cwd=ROOT, env=self.env, stdout=subprocess.DEVNULL)
        for port in self.own_ports:
            wait_for(port)
        self.nginx.start()
        self.ports = [self.nginx.plain]

    def _serve(self, port: int) -> subprocess.Popen[bytes]:
        command = [*PROGRAM, "serve", "--no-work", "--port", str(port)]
        return subprocess.Popen(command, cwd=ROOT, env=self.env, stdout=subprocess.DEVNULL)

    def kill_one(self) -> None:
        self.serving[0].kill()
        self.serving[0].wait()

    def start_it_again(self) -> None:
        self.serving[0] = self._serve(self.own_ports[0])

    def stop(self) -> None:
        self.nginx.stop()
        end(self.worker)
        super().stop()

    def processes(self) -> list[int]:
        return [*super().processes(), self.nginx.pid(), self.worker.pid]


@dataclass
class Seen:
    """What the load counts. Delays in seconds from the moment a message was due."""

    stored: list[float] = field(default_factory=list)
    shown: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    due: dict[str, float] = field(default_factory=dict)
    times_shown: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    repeats: int = 0
    first_repeats: list[str] = field(default_factory=list)
    returns: int = 0
    most_mib: float = 0.0


class Listener:
    """One person's stream, kept through breaks: it comes back with the last number it has."""

    def __init__(self, port: int, chair: Chair, seen: Seen) -> None:
        self.port, self.chair, self.seen, self.last, self.numbers = port, chair, seen, "", list[int]()
        self.ready = asyncio.Event()

    def _hear(self, event: bytes) -> None:
        self.ready.set()
        for line in event.split(b"\n"):
            if line.startswith(b"id: "):
                self.last = line[4:].strip().decode()
        if found := MARK.search(event):
            mark = found.group(1).decode()
            self.numbers.append(self._number(event))
            self.seen.times_shown[mark] += 1
            if mark in self.seen.due:
                self.seen.shown.append(time.perf_counter() - self.seen.due[mark])

    def _number(self, event: bytes) -> int:
        _, _, after = event.partition(self.chair.number) if self.chair.number else (b"", b"", b"")
        return int(after.partition(b",")[0]) if after else int(self.last or 0)

    async def keep(self) -> None:
        joined = "&" if "?" in self.chair.live else "?"
        while True:
            connection = Connection(self.port, self.chair.cookie)
            with contextlib.suppress(OSError, Faulty, asyncio.IncompleteReadError):
                path = self.chair.live + (f"{joined}after={self.last}" if self.last else "")
                await connection.listen(path, self._hear)
            await connection.close()
            self.seen.returns += 1
            await asyncio.sleep(COME_BACK)


async def _send(asking: Connection, chair: Chair, mark: str, due: float, seen: Seen) -> None:
    """Until it is stored, always under the same name; a refusal or a break is counted."""
    form = {"text": words(mark), "note": "", "client_id": f"bench-{mark}", **chair.fields}
    until = due + PATIENCE
    while True:
        try:
            await asyncio.wait_for(asking.post(chair.send, form), PATIENCE)
            seen.stored.append(time.perf_counter() - due)
            return
        except (OSError, Faulty, asyncio.IncompleteReadError, TimeoutError) as fault:
            await asking.close()
            seen.repeats += 1
            seen.first_repeats.append(repr(fault)[:100])
            if time.perf_counter() > until:
                seen.faults.append(f"not stored: {fault!r}")
                return
            await asyncio.sleep(0.2)


async def _read(asking: Connection, path: str, due: float, seen: Seen) -> None:
    try:
        await asyncio.wait_for(asking.get(path, "text/html"), PATIENCE)
        seen.pages.append(time.perf_counter() - due)
    except (OSError, Faulty, asyncio.IncompleteReadError, TimeoutError) as fault:
        await asking.close()
        seen.faults.append(f"page: {fault!r}")


async def _regularly(a_second: float, seconds: float, do: Callable[[int, float], Any]) -> None:
    """Begin `do(number, when it was due)` so often, never waiting for it; all are done at the end."""
    began, running = time.perf_counter(), set[asyncio.Task[Any]]()
    for number in range(int(a_second * seconds)):
        due = began + number / a_second
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        running.add(asyncio.ensure_future(do(number, due)))
        running = {task for task in running if not task.done()}
    if running:
        await asyncio.wait(running, timeout=PATIENCE * 2)


async def hold(
    system: Companionway, *, streams: int, rate: float, seconds: float, size: int, chairs: Chairs
) -> dict[str, Any]:
    """`size` people in each place; they write in turns, everybody in a place sees each message."""
    seen, many = Seen(), streams // size
    await system.people(streams)
    people, port = system.known[:streams], system.ports[0]
    at = await chairs(system, people, many)
    seated = [at[n % many][n // many] for n in range(streams)]
    listeners = [Listener(port, each, seen) for each in seated]
    keeping = [asyncio.ensure_future(each.keep()) for each in listeners]
    await asyncio.wait_for(asyncio.gather(*(each.ready.wait() for each in listeners)), 120)
    asking, reading = ([Connection(port, each.cookie) for each in seated] for _ in range(2))
    run = f"{time.time_ns() // 1_000_000 % 16**7:x}"

    async def send(number: int, due: float) -> None:
        place, mark = number % many, f"{run}-{number}"
        seen.due[mark] = due
        writer = place + many * ((number // many) % size)
        await _send(asking[writer], seated[writer], mark, due, seen)

    async def read(number: int, due: float) -> None:
        reader = (number * 7) % streams
        await _read(reading[reader], seated[reader].reading(listeners[reader].numbers), due, seen)

    async def watch() -> None:
        while True:
            seen.most_mib = max(seen.most_mib, memory_mib(system.processes()))
            await asyncio.sleep(5)

    async def kill() -> None:
        if isinstance(system, Grown):
            await asyncio.sleep(seconds / 2)
            system.kill_one()
            await asyncio.sleep(3)
            system.start_it_again()

    calib, cpu = calibrate(), cpu_seconds(system.processes())
    watching, killing = asyncio.ensure_future(watch()), asyncio.ensure_future(kill())
    await asyncio.gather(_regularly(rate, seconds, send), _regularly(_reads(seated, rate), seconds, read))
    await asyncio.wait_for(killing, 60)
    await asyncio.sleep(5)
    cpu = cpu_seconds(system.processes()) - cpu
    for task in (watching, *keeping):
        task.cancel()
    await few_at_once(each.close() for each in [*asking, *reading])
    return _figures(seen, listeners, size, rate, seconds, cpu, calib)


def _reads(seated: list[Chair], rate: float) -> float:
    """Pages a second: one for twenty messages; of a meeting each page looks again every two minutes."""
    return len(seated) / 120 if seated[0].number else rate / 20


def _figures(
    seen: Seen, listeners: list[Listener], size: int, rate: float, seconds: float, cpu: float, calib: float
) -> dict[str, Any]:
    # Each message is shown to everybody in its place, the one who wrote it among them.
    wrong = [mark for mark in seen.due if seen.times_shown[mark] != size]
    disordered = sum(each.numbers != sorted(each.numbers) for each in listeners)
    ms = {f"{name} p{int(share * 100)} ms": round(centile(values, share) * 1000, 1)
          for name, values in (("stored", seen.stored), ("shown", seen.shown), ("page", seen.pages))
          for share in (0.5, 0.95, 0.99)}  # fmt: skip
    return {
        "day": datetime.now(UTC).date().isoformat(), "streams": len(listeners), "in a place": size,
        "messages a second": rate,
        "minutes": round(seconds / 60, 2), "messages": len(seen.due), "stored": len(seen.stored), **ms,
        "pages": len(seen.pages), "errors": len(seen.faults), "first errors": seen.faults[:3],
        "sent again": seen.repeats, "first of them": seen.first_repeats[:3], "streams that came back": seen.returns,
        "not shown exactly once to each": len(wrong), "lists out of order": disordered,
        "most memory MiB": round(seen.most_mib), "CPU s": round(cpu, 1),
        "CPU share of one core": round(cpu / seconds, 2), "calib s": round(calib, 3),
    }  # fmt: skip


# What serves, open streams, messages a second, people in a place, what kind of place.
SHAPES: dict[str, tuple[type[Companionway], int, float, int, Chairs]] = {
    "small": (Companionway, 300, 20.0, 2, conversations),
    "rooms": (Companionway, 300, 20.0, 100, conversations),
    "meeting": (Companionway, 300, 20.0, 100, meetings),
    "grown": (Grown, 600, 40.0, 2, conversations),
}


def main() -> int:
    shape = sys.argv[1] if len(sys.argv) > 1 else "small"
    seconds = 60 * float(sys.argv[2] if len(sys.argv) > 2 else 10)
    kind, streams, rate, size, chairs = SHAPES[shape]
    allow_many_files()
    folder = Path(tempfile.mkdtemp(prefix="companionway-holding."))
    folder.chmod(0o711)
    (folder / "server").mkdir()
    system = kind(folder / "server")
    if why := system.why_not():
        print(f"not measured: {why}")
        return 1
    try:
        system.prepare()
        system.start()
        load = {"streams": streams, "rate": rate, "seconds": seconds, "size": size, "chairs": chairs}
        found = uvloop.run(_held(system, load))
    finally:
        system.stop()
        system.discard()
        shutil.rmtree(folder, ignore_errors=True)
    print(json.dumps({"shape": shape, "cores": os.cpu_count(), **found}, indent=1))
    return 0 if not found["errors"] and not found["not shown exactly once to each"] else 1


async def _held(system: Companionway, load: dict[str, Any]) -> dict[str, Any]:
    try:
        return await hold(system, **load)
    finally:
        await system.close()


if __name__ == "__main__":
    sys.exit(main())
