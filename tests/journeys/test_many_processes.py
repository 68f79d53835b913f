"""Two serving processes on one database: what one writes, the other's streams show; also while the bus is away."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.server import free_port, fresh_database
from tests.journeys.test_durability import House, Reader


class Bus:
    """A Valkey or Redis of the test's own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        program = shutil.which("valkey-server") or shutil.which("redis-server")
        assert program, "install valkey or redis-server"
        command = [
            program,
            "--port",
            str(self.port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--dir",
            str(self.folder),
        ]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)

    def stop(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait(timeout=10)
            self.process = None


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[Bus]:
    running = Bus(tmp_path)
    running.start()
    yield running
    running.stop()


def test_what_one_process_stores_the_other_shows(
    bus: Bus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VALKEY_URL", bus.url)
    with fresh_database() as database_url:
        one = House(tmp_path, database_url)
        other = one.beside()
        readers = [Reader(house, who, 1) for house in (one, other) for who in (0, 1)]
        try:
            for reader in readers:
                reader.patience = (60.0, 60.0)  # no reconnect hides what the telling missed
                reader.start()
            time.sleep(1.0)
            for number in range(30):
                if number == 10:
                    bus.stop()
                if number == 20:
                    bus.start()
                assert (one if number % 2 else other).send(number % 2, f"number-{number:05d}")
            stored = one.stored()
            assert [name for _, name in stored] == [f"number-{number:05d}" for number in range(30)]
            until = time.monotonic() + 20
            while time.monotonic() < until and any(reader.shown != stored for reader in readers):
                time.sleep(0.1)
            assert [reader.shown == stored for reader in readers] == [True] * 4
        finally:
            for reader in readers:
                reader.is_done = True
            one.kill()
            other.kill()
