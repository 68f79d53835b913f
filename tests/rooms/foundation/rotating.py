"""Run by test_rotation in a process of its own: changes the master key, is killed at every step, and goes on.

Meanwhile other processes make keys, read and destroy. Prints one line of JSON about what went wrong (nothing should).
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from django.db import connections

from companionway.foundation import ring, rotation, sealing
from tests.cast import NOW

# In this order each is met: the first ten are one change cut off ten times, then a second and a third begin. "link"
# and "replace" are inside the exchange of a file, of the copy of the keys or of the file of the master keys.
POINTS = [
    ("written", 1), ("wrapping", 1), ("wrapped", 2), ("copied", 1), ("link", 1), ("replace", 1), ("closing", 1),
    ("link", 2), ("replace", 2), ("dropped", 1), ("link", 1), ("replace", 1), ("closed", 1),
]  # fmt: skip
OWNERS = 60


def main(folder: Path) -> None:
    texts = _texts()
    first = ring.fresh().as_bytes()
    others = [_forked(lambda number=number: _traffic(folder, number, texts)) for number in (1, 2)]  # type: ignore[misc]
    deaths = [_killed_at(*point) for point in POINTS]
    finished = os.waitpid(_forked(lambda: _rotate(None)), 0)[1]
    (folder / "stop").touch()
    for other in others:
        os.waitpid(other, 0)
    told = [json.loads((folder / f"traffic-{number}").read_text()) for number in (1, 2)]
    sys.stdout.write(
        json.dumps({"deaths": deaths, "finished": finished, "traffic": told, "first": first.decode()})
    )


def _texts() -> dict[int, bytes]:
    texts = {
        owner: sealing.key_of("person", owner).seal(f"words {owner}", "here")
        for owner in range(1, OWNERS + 1)
    }
    connections.close_all()
    sealing.forget_all()
    return texts


def _forked(work: Callable[[], None]) -> int:
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    return child


def _killed_at(step: str, time_of_it: int) -> bool:
    child = _forked(lambda: _rotate((step, time_of_it)))
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def _rotate(death: tuple[str, int] | None) -> None:
    seen: dict[str, int] = {}

    def step(name: str) -> None:
        seen[name] = seen.get(name, 0) + 1
        if death == (name, seen[name]):
            os.kill(os.getpid(), signal.SIGKILL)

    for name in ("link", "replace"):
        _die_before(name, step)
    rotation.rotate(now=NOW, step=step, at_once=20)


def _die_before(name: str, step: Callable[[str], None]) -> None:
    plain = getattr(os, name)

    def watched(*args: object) -> None:
        step(name)
        plain(*args)

    setattr(os, name, watched)


def _traffic(folder: Path, number: int, texts: dict[int, bytes]) -> None:
    """Read what is there, make keys, destroy some: from the database every time, never from memory."""
    chance, made, failed, reads, gone = random.Random(number), 0, [], 0, []
    mine: dict[int, bytes] = {}
    while not (folder / "stop").exists():
        owner = chance.randint(1, OWNERS)
        fresh = number * 100_000 + made
        try:
            sealing.forget("person", owner)
            reads += sealing.key_of("person", owner).open(texts[owner], "here") == f"words {owner}"
            mine[fresh] = sealing.key_of("person", fresh).seal("new", "here")
            made += 1
            if made % 5 == 0:
                sealing.destroy_key("person", fresh, now=NOW)
                gone.append(fresh)
                mine.pop(fresh)
        except Exception as fault:
            failed.append(repr(fault))
        time.sleep(0.002)
    for kept, sealed in mine.items():
        sealing.forget("person", kept)
        sealing.key_of("person", kept).open(sealed, "here")
    facts = {"reads": reads, "made": made, "failed": failed, "gone": gone}
    (folder / f"traffic-{number}").write_text(json.dumps(facts))
