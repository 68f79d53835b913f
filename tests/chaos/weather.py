"""Ways in which what the service stands on gives way for a while, and comes back."""

from __future__ import annotations

import contextlib
import os
import resource
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.chaos.databases import Postgres
from tests.chaos.house import House

Weather = Callable[[House], contextlib.AbstractContextManager[None]]


@contextmanager
def small_disk(folder: Path) -> Iterator[bool]:
    """A file system of 48 MB of one's own, where this machine lets us mount one."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=48m", "none", str(folder)]
    is_mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    try:
        yield is_mounted
    finally:
        if is_mounted:
            subprocess.run(["umount", "-l", str(folder)], check=False)


@contextmanager
def full_disk(house: House) -> Iterator[None]:
    """The last byte of the small file system is taken."""
    ballast = house.var / "ballast"
    with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))
    try:
        yield
    finally:
        ballast.unlink()


@contextmanager
def no_writing(house: House) -> Iterator[None]:
    """The system refuses the serving process every write to a file, as a read-only file system does."""
    pids = list(house.running.values())
    before = {pid: resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in pids}
    for pid, (_, most) in before.items():
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, most))
    try:
        yield
    finally:
        for pid, limits in before.items():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, limits)


@contextmanager
def locked(house: House) -> Iterator[None]:
    """Another program writes to the SQLite file and does not finish."""
    other = sqlite3.connect(house.var / "companionway.sqlite3", isolation_level=None)
    other.execute("begin immediate")
    try:
        yield
    finally:
        other.execute("rollback")
        other.close()


def away(postgres: Postgres) -> Weather:
    """The database server is not there."""

    @contextmanager
    def gone(_: House) -> Iterator[None]:
        postgres.stop()
        try:
            yield
        finally:
            postgres.start()

    return gone


def clock_in_hand(folder: Path) -> tuple[dict[str, str], Callable[[str], None]]:
    """What a process must be told so that its calendar clock follows a file; and how to put that clock."""
    library = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)
    assert library, "install faketime"
    file = folder / "clock"

    def put(offset: str) -> None:
        fresh = file.with_suffix(".new")
        fresh.write_text(offset + "\n")
        os.replace(fresh, file)

    put("+0")
    return {
        "LD_PRELOAD": str(library),
        "FAKETIME_TIMESTAMP_FILE": str(file),
        "FAKETIME_NO_CACHE": "1",
        # A clock that is put forward or back leaves the monotonic one alone.
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }, put
