"""A page may ask for suggestions while it is being drawn: ten thousand supporters take about a millisecond."""

from __future__ import annotations

import time

import numpy as np

from companionway.reasoning.matching import suggest
from tests.reasoning.drawing import Params
from tests.reasoning.populations import build

SLOWEST_MEDIAN_MS = 3.0
"""Several times the measured figure, so that only a real loss of speed fails on a busy machine."""


def test_suggesting_among_ten_thousand_supporters_is_quick() -> None:
    pool = build(Params(members=200, supporters=10_000, seed=7)).pool
    took = []
    for member in [*range(200), *range(200)]:
        started = time.process_time()
        suggest(member, pool)
        took.append(time.process_time() - started)
    assert 1000 * float(np.median(took)) < SLOWEST_MEDIAN_MS
