"""Supervised release against "staff read everything", by simulation: `python -m bench.release [--seeds N]`.

330 peers with one to three people each and fixed staff hours, over two years; the second is measured.

Arms: EVERYTHING, every reply is read. RELEASE, the rules of this house. EQUAL, the staff read a share of all replies
drawn by lot, as large as it must be to catch the same share of problem replies as RELEASE does.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from scipy.stats import t as student

from bench.release.service import Outcome, Run, World, by_lot, by_release, everything

BASELINE_OPEN = 0.25


def staff_minutes(world: World, seeds: list[int]) -> float:
    """Fixed staff hours, such that reading everything leaves the service open about a quarter of the year."""
    low, high = 30.0, 2500.0
    for _ in range(8):
        middle = (low + high) / 2
        found = Run(world, everything, middle, seeds[0]).outcome().open_share
        low, high = (middle, high) if found < BASELINE_OPEN else (low, middle)
    return (low + high) / 2


def equal_share(world: World, caught: float) -> float:
    """The share drawn by lot that catches as much: of what is read, `noticed` is caught."""
    return min(1.0, caught / world.noticed)


def arms(world: World, staff: float, seed: int) -> dict[str, Outcome]:
    ours = Run(world, by_release, staff, seed).outcome()
    lot = by_lot(equal_share(world, ours.caught))
    return {
        "EVERYTHING": Run(world, everything, staff, seed).outcome(),
        "EQUAL": Run(world, lot, staff, seed).outcome(),
        "RELEASE": ours,
    }


def interval(values: list[float]) -> str:
    mean = float(np.mean(values))
    if len(values) < 2:
        return f"{mean:.2f}"
    half = float(student.ppf(0.975, len(values) - 1) * np.std(values, ddof=1) / math.sqrt(len(values)))
    return f"{mean:.2f} ({mean - half:.2f} to {mean + half:.2f})"


def table(found: list[dict[str, Outcome]]) -> Iterator[str]:
    yield "| | open to newcomers | problem replies caught | replies read | problems that went, of 1,000 | pairs |"
    yield "|---|---|---|---|---|---|"
    for arm in found[0]:
        rows = [each[arm] for each in found]
        cells = [
            [getattr(row, name) for row in rows]
            for name in ("open_share", "caught", "read", "unread_problems", "pairs")
        ]
        yield f"| {arm} | " + " | ".join(interval(each) for each in cells) + " |"
    gain = [each["RELEASE"].open_share - each["EQUAL"].open_share for each in found]
    yield f"| RELEASE minus EQUAL, same seed | {interval(gain)} | | | | |"


VARIED: dict[str, tuple[float, float]] = {
    "problem_share": (0.02, 0.10),
    "spread": (0.1, 0.8),
    "learning": (0.75, 1.0),
    "noticed": (0.7, 0.98),
    "sent_back_wrongly": (0.0, 0.05),
    "months_as_a_peer": (6.0, 60.0),
    "replies_a_week": (1.0, 5.0),
    "newcomers_a_week": (25.0, 80.0),
}


def gain_of(world: World, seeds: list[int]) -> tuple[list[float], list[float], list[float]]:
    staff = staff_minutes(world, seeds)
    found = [arms(world, staff, seed) for seed in seeds]
    ours = [each["RELEASE"].open_share for each in found]
    return (
        [o - each["EQUAL"].open_share for o, each in zip(ours, found, strict=True)],
        ours,
        [each["RELEASE"].caught for each in found],
    )


def vary(world: World, names: list[str], seeds: list[int]) -> dict[str, float]:
    """Each assumption at its low and its high value, the staff hours calibrated anew; how far apart the gains are."""
    effects = {}
    for name in names:
        means = []
        for value in VARIED[name]:
            gains, ours, caught = gain_of(replace(world, **{name: value}), seeds)
            means.append(float(np.mean(gains)))
            print(
                f"| {name} | {value:g} | {interval(ours)} | {interval(caught)} | {interval(gains)} |",
                flush=True,
            )
        effects[name] = abs(means[0] - means[1])
    return effects


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=8)
    parser.add_argument("--screen", type=int, default=2, help="seeds for the first look at each assumption")
    parser.add_argument("--vary", nargs="*", choices=VARIED, help="only these assumptions, with all seeds")
    asked = parser.parse_args()
    seeds, world = list(range(1, asked.seeds + 1)), World()
    if not asked.vary:
        staff = staff_minutes(world, seeds)
        print(f"staff: {staff * 7 / 60:.0f} hours a week, fixed; {len(seeds)} seeds; mean (95 % interval)\n")
        print("\n".join(table([arms(world, staff, seed) for seed in seeds])), "\n", flush=True)
    head = ("assumption", "value", "RELEASE open", "RELEASE caught", "RELEASE minus EQUAL")
    print(f"| {' | '.join(head)} |\n|{'---|' * len(head)}", flush=True)
    if asked.vary:
        vary(world, asked.vary, seeds)
        return
    effects = vary(world, list(VARIED), seeds[: asked.screen])
    most = sorted(effects, key=lambda name: -effects[name])[:2]
    print(f"\nmatter most: {', '.join(most)}; again with {len(seeds)} seeds\n", flush=True)
    vary(world, most, seeds)


if __name__ == "__main__":
    main()
