"""python -m bench.growth [sqlite|postgres]: do the figures stay when ten and a hundred times as much is stored?

Three installations with 1,000, 10,000 and 100,000 people and ten stored messages each take turns, ROUNDS=3 of them.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

import uvloop

from bench.load import PATHS, Figures
from bench.machine import allow_many_files
from bench.systems.base import CONVERSATION, HISTORY, PAGE, ROOM
from bench.systems.companionway import ROOT, Companionway, OnPostgres

SIZES = {"1": 1_000, "10": 10_000, "100": 100_000}
MESSAGES_EACH = 10
FIGURES = {CONVERSATION: "cpu", ROOM: "cpu", HISTORY: "cpu_ms", PAGE: "cpu_ms"}
ROUNDS = int(os.environ.get("ROUNDS", "3"))
AIM = 1.3


def main(kind: type[Companionway]) -> int:
    allow_many_files()
    folder = Path(tempfile.mkdtemp(prefix="companionway-growth."))
    folder.chmod(0o711)
    systems: dict[str, Companionway] = {}
    found: dict[tuple[str, str], list[float]] = defaultdict(list)
    try:
        for size, people in SIZES.items():
            (folder / size).mkdir()
            systems[size] = kind(folder / size)
            systems[size].prepare()
            _fill(systems[size], people)
        for number in range(ROUNDS):
            for size, system in systems.items():
                for path, figure in _turn(system).items():
                    found[path, size].append(figure)
                print(f"round {number + 1}, {size} times", flush=True)
    finally:
        for system in systems.values():
            system.discard()
        shutil.rmtree(folder, ignore_errors=True)
    return _say(found)


def _fill(system: Companionway, people: int) -> None:
    system.open_store()
    try:
        command = [sys.executable, "-m", "bench.filling", str(people), str(people * MESSAGES_EACH)]
        subprocess.run(command, cwd=ROOT, env=system.env, check=True)
    finally:
        system.close_store()


def _turn(system: Companionway) -> dict[str, float]:
    system.start()
    try:
        return {path: uvloop.run(_measure(system, path))[figure] for path, figure in FIGURES.items()}
    finally:
        system.stop()


async def _measure(system: Companionway, path: str) -> Figures:
    try:
        return await PATHS[path](system)
    finally:
        await system.close()


def _say(found: dict[tuple[str, str], list[float]]) -> int:
    print("\n| path | figure | 1 | 10 | 100 | 10 to 1 | 100 to 1 | aim |\n|---|---|---|---|---|---|---|---|")
    is_well = True
    for path, figure in FIGURES.items():
        one, ten, hundred = (statistics.median(found[path, size]) for size in SIZES)
        is_well = is_well and hundred / one <= AIM and ten / one <= AIM
        middle = f"{one:.3g} | {ten:.3g} | {hundred:.3g} | {ten / one:.2f} | {hundred / one:.2f}"
        print(f"| {path} | {figure} | {middle} | ≤ {AIM} |")
    return 0 if is_well else 1


if __name__ == "__main__":
    sys.exit(main(OnPostgres if sys.argv[1:] == ["postgres"] else Companionway))
