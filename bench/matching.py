"""python bench/matching.py [PRESET ...]: what matching costs and how good it is, on the made-up people of the tests.

CPU seconds for every preset: all pairs scored, the proposal (who is served, the pairs, the proof over all pairs) and
suggestion lists; then how many people lists reach within five asks against everybody's own top five (five seeds), how
evenly places are shown, and one member's suggestions with reasons. `calib` is a fixed piece of NumPy and Python
work, so that figures of different machines and busy hours can be compared.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault(
    "OPENBLAS_NUM_THREADS", "1"
)  # as companionway/__init__.py does, but before NumPy comes below

import numpy as np
from numpy.typing import NDArray

from companionway.reasoning.matching import assign, everyone, exposure_gini, suggest, suggestion_lists
from tests.reasoning.drawing import PRESETS
from tests.reasoning.populations import build
from tests.reasoning.test_lists import reached

T = TypeVar("T")
SEEDS = 5
ASKED = 500


def main() -> None:
    print(f"calib {calibrate():.2f} CPU s")
    for preset in sys.argv[1:] or PRESETS:
        measure(preset)


def measure(preset: str) -> None:
    people = build(PRESETS[preset])
    pool, free, order = people.pool, people.pool.free, people.order
    scored, everybody = timed(lambda: everyone(people.waiting, pool))
    there = f"{people.waiting.size} wait, {everybody.at.size} supporters, {free.sum()} places"
    print(f"{preset}: {there}; scored {scored:.2f} s")
    for objective in ("fit", "worst_off"):
        took, made = timed(lambda objective=objective: assign(everybody, free, order, objective=objective))
        proof = made.certificate
        fits = made.scores[made.served]
        print(
            f"  {objective}: {took:.2f} s, served {proof.served} of at most {proof.most_servable}, total fit"
            f" {fits.sum()}, 5 % fit under {np.percentile(fits, 5):.0f}; primal {proof.primal} dual {proof.dual},"
            f" {'certified' if proof.holds else 'NOT CERTIFIED'} over {proof.pairs} admissible pairs;"
            f" {made.work.rounds} rounds, {made.work.edges} pairs solved; scored and proposed {scored + took:.2f} s"
        )
        if objective == "fit":
            first = made
    took, lists = timed(lambda: suggestion_lists(everybody, free, first=first))
    naive = everybody.best(5).ids
    more = sum(reached(lists, everybody, free, order, seed)[0] for seed in range(SEEDS))
    fewer = sum(reached(naive, everybody, free, order, seed)[0] for seed in range(SEEDS))
    print(
        f"  lists {took:.2f} s; reached within five asks {more / SEEDS:.0f}, naive {fewer / SEEDS:.0f}:"
        f" {more / fewer:.2f} times; Gini {exposure_gini(lists, everybody.supporters, free):.3f},"
        f" naive {exposure_gini(naive, everybody.supporters, free):.3f}"
    )
    each = [
        1000 * timed(lambda member=member: suggest(member, pool))[0]
        for member in people.waiting[:ASKED].tolist()
    ]
    print(
        f"  suggest: p50 {np.percentile(each, 50):.2f} ms, p95 {np.percentile(each, 95):.2f} ms among {pool.size}"
    )


def timed(work: Callable[[], T]) -> tuple[float, T]:
    started = time.process_time()
    done = work()
    return time.process_time() - started, done


def calibrate() -> float:
    numbers: NDArray[np.float64] = np.random.default_rng(0).random((512, 512))

    def work() -> None:
        for _ in range(40):
            np.sort(numbers @ numbers, axis=1)
        sum(i * i for i in range(3_000_000))

    return timed(work)[0]


if __name__ == "__main__":
    main()
