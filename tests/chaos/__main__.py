"""The long form, `make chaos`: hundreds of kills on each database, and its result in the docs.

`KILLS` (500) on each database: four fifths of one process alone, one fifth of one of two with a bus between them.
`SEED` chooses the moments. A failed run leaves its folder (witness, logs) and says its seed.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from tests.chaos.databases import Bus, Postgres
from tests.chaos.house import House, prepare
from tests.chaos.storm import Plan, Storm
from tests.chaos.verdict import KINDS, Faults

BEGIN, END = "<!-- result of make chaos: begin -->", "<!-- result of make chaos: end -->"
LEAST_RECONNECTS_A_KILL = 6  # 3,000 with 500 kills


@dataclass
class Outcome:
    """What one database went through."""

    database: str
    faults: Faults = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    seconds: float = 0


def _say(words: str) -> None:
    print(f"{datetime.now(UTC):%H:%M:%S} {words}", flush=True)  # noqa: T201 - a console program


def try_on(database: str, folder: Path, kills: int, seed: int) -> Outcome:
    """The whole storm over one database."""
    began = time.monotonic()
    postgres = Postgres() if database == "postgresql" else None
    bus = Bus(folder)
    house = House(prepare(folder / database, postgres.new_database() if postgres else "", pairs=3))
    try:
        storm = Storm(house, Plan(kills=kills, seed=seed), postgres)
        _say(f"{database}: people are writing; seed {seed}, folder {house.var}")
        alone = kills * 4 // 5
        storm.blow(alone, lambda words: _say(f"{database}: {words}"))
        storm.divide(bus)
        storm.blow(kills - alone, lambda words: _say(f"{database}, two processes: {words}"))
        faults = storm.end()
        counts = storm.counts()
    finally:
        house.close()
        bus.stop()
        if postgres:
            postgres.remove()
    enough = counts["streams opened again"] + counts["browsers' streams opened again"]
    if enough < kills * LEAST_RECONNECTS_A_KILL:
        faults["missed"] = [*faults.get("missed", []), f"only {enough} reconnects: this proves too little"]
    return Outcome(database, faults, counts, time.monotonic() - began)


def drawn(outcomes: list[Outcome], seed: int) -> str:
    """The short block that stands in the docs."""
    names = [outcome.database for outcome in outcomes]
    lines = [
        f"**{datetime.now(UTC):%d %B %Y}**, seed {seed}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}, {_version('initdb', 'postgres')}, Debian's Chromium {_browser()}.",
        "",
        "| | " + " | ".join(names) + " |",
        "|---|" + "---|" * len(names),
    ]
    kinds = dict.fromkeys(kind for outcome in outcomes for kind in outcome.counts)
    for kind in kinds:
        lines.append(f"| {kind} | " + " | ".join(f"{each.counts.get(kind, 0):,}" for each in outcomes) + " |")
    for kind in KINDS:
        lines.append(
            f"| **{kind}** | "
            + " | ".join(f"**{len(each.faults.get(kind, []))}**" for each in outcomes)
            + " |"
        )
    lines.append("| minutes | " + " | ".join(f"{each.seconds / 60:.0f}" for each in outcomes) + " |")
    return "\n".join(lines)


def _browser() -> str:
    return _version("chromium-headless-shell")


def _version(*programs: str) -> str:
    for program in programs:
        if path := shutil.which(program):
            told = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
            return (
                told.split("(Debian")[0]
                .replace("initdb (PostgreSQL)", "PostgreSQL")
                .removeprefix("Chromium ")
                .split(" built")[0]
                .strip()
            )
    return "of unknown version"


def write_into(page: Path, block: str) -> None:
    """Between the two marks; what people wrote around them stays."""
    before, _, rest = page.read_text().partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(f"{before}{BEGIN}\n{block}\n{END}{after}")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--kills", type=int, default=int(os.environ.get("KILLS", "500")))
    parser.add_argument(
        "--seed", type=int, default=int(os.environ.get("SEED", "0")) or int(time.time()) % 100_000
    )
    parser.add_argument("--databases", default=os.environ.get("DATABASES", "sqlite,postgresql"))
    parser.add_argument("--page", type=Path, help="write the result between the marks of this page")
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="companionway-chaos."))
    folder.chmod(0o755)
    outcomes = []
    for database in asked.databases.split(","):
        outcomes.append(try_on(database, folder, asked.kills, asked.seed))
        _say(f"{database}: {outcomes[-1].faults or 'nothing lost, doubled, disordered or missed'}")
    block = drawn(outcomes, asked.seed)
    _say("\n" + block)
    if any(outcome.faults for outcome in outcomes):
        _say(f"NOT well: seed {asked.seed}; the witness and the logs are in {folder}")
        return 1
    if asked.page:
        write_into(asked.page, block)
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
