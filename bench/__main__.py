"""python -m bench: every system takes its turn, three rounds, and the ratios go into docs/measurements.md.

ROUNDS=1 for a quick look. ONLY=sqlite,floor,conversation names systems and paths; nothing is then written.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

import uvloop

from bench.load import PATHS, Figures
from bench.machine import allow_many_files
from bench.systems import SYSTEMS
from bench.systems.base import IDLE, System
from bench.table import Results, table, write

ROUNDS = int(os.environ.get("ROUNDS", "3"))
ONLY = {name for name in os.environ.get("ONLY", "").split(",") if name}
# A minute each: the others are asked once.
IDLE_EVERY_ROUND = {"sqlite"}


def main() -> int:
    allow_many_files()
    folder = Path(tempfile.mkdtemp(prefix="companionway-bench."))
    folder.chmod(0o711)
    results: Results = defaultdict(list)
    prepared: list[System] = []
    try:
        systems, absent = _ready(folder, prepared)
        for number in range(ROUNDS):
            for system in systems:
                _turn(system, number, results)
    finally:
        for system in prepared:
            system.discard()
        shutil.rmtree(folder, ignore_errors=True)
    drawn = table(results, absent)
    print(drawn)
    if not ONLY:
        write(drawn)
    return 0


def _chosen(names: set[str]) -> set[str]:
    """The names that ONLY picked among these; all when it picked none of them."""
    return (names & ONLY) or names


def _ready(folder: Path, prepared: list[System]) -> tuple[list[System], dict[str, str]]:
    """What can run here, and what cannot with the reason."""
    absent: dict[str, str] = {}
    wanted = _chosen({kind.name for kind in SYSTEMS})
    for kind in SYSTEMS:
        if kind.name not in wanted:
            continue
        (folder / kind.name).mkdir()
        system = kind(folder / kind.name)
        if why := system.why_not():
            absent[kind.name] = why
            print(f"{kind.name}: not measured: {why}", flush=True)
            continue
        system.prepare()
        prepared.append(system)
    return prepared, absent


def _turn(system: System, number: int, results: Results) -> None:
    paths = [path for path in PATHS if path in system.paths and path in _chosen(set(PATHS))]
    if number and system.name not in IDLE_EVERY_ROUND:
        paths = [path for path in paths if path != IDLE]
    began = time.monotonic()
    # A fresh process for idle memory, and for everything else another.
    for part in ([path for path in paths if path == IDLE], [path for path in paths if path != IDLE]):
        if part:
            system.start()
            try:
                for path in part:
                    found = uvloop.run(_measure(system, path))
                    results[system.name, path].append(found)
                    rounded = {name: round(value, 3) for name, value in found.items()}
                    print(f"round {number + 1} {system.name} {path} {json.dumps(rounded)}", flush=True)
            finally:
                system.stop()
    print(f"round {number + 1} {system.name}: {time.monotonic() - began:.0f} s", flush=True)


async def _measure(system: System, path: str) -> Figures:
    try:
        return await PATHS[path](system)
    finally:
        await system.close()


if __name__ == "__main__":
    sys.exit(main())
