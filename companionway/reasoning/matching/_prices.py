"""Good guesses at what a place with each supporter is worth, so that few pairs need an exact solver.

The prices at which places and people balance, smoothed: everybody spreads their wish over supporters in
proportion to exp(-(cost + price) / warmth), and prices move until each place is wished for once (Sinkhorn 1967).
Cooling the warmth brings them near the exact prices. A guess is never part of a proof: only the work depends on it.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from companionway.reasoning.matching._certificate import Objective, cost_of
from companionway.reasoning.matching._everyone import BLOCK, Everyone

Ints = NDArray[np.int64]

SAMPLE: Final = 2_000
"""People asked for the first guess; at this warmth each weighs a hundred supporters, so these are enough."""
_WARM: Final = 40.0
_WARM_ROUNDS: Final = 25
_COOLER: Final = (20.0, 10.0, 5.0)
_COOL_ROUNDS: Final = 15
_WITHIN: Final = 110
"""Points from each row's best within which a pair is looked at while cooling, and, much nearer, solved with."""
_NEARLY: Final = 45


def likely_pairs(
    everyone: Everyone, rows: Ints, places: Ints, objective: Objective
) -> tuple[Ints, Ints, Ints]:
    """Pairs (row, column) that a best pairing of these rows probably takes, and the guessed prices by column.

    `places` is one number a column. Rows are numbered from 0 in the order given.
    """
    slope = _slope(everyone, rows, objective)
    price = _first_guess(everyone, rows, places, objective, slope)
    row, column, cost = _near_best(everyone, rows, price, objective, _WITHIN * slope)
    start = np.searchsorted(row, np.arange(rows.size))
    log_places = np.log(np.maximum(places, 1e-6)).astype(np.float32)
    for warmth in _COOLER:
        unit = np.float32(warmth * slope)
        for _ in range(_COOL_ROUNDS):
            wish = (-cost - price[column]) / unit
            wish -= np.maximum.reduceat(wish, start)[row]
            np.exp(wish, out=wish)
            wish /= np.add.reduceat(wish, start)[row]
            wished = np.bincount(column, weights=wish, minlength=places.size).astype(np.float32)
            step = np.clip(np.log(np.maximum(wished, 1e-6)) - log_places, -3, 3)
            price = np.maximum(price + unit * step, 0)
    worth = cost + price[column]
    near = worth <= np.minimum.reduceat(worth, start)[row] + _NEARLY * slope
    return row[near], column[near], np.rint(price).astype(np.int64)


def _slope(everyone: Everyone, rows: Ints, objective: Objective) -> float:
    """What a point of fit is worth in the objective's unit, about where the best scores are."""
    if objective == "fit":
        return 1.0
    some = rows[:: max(1, rows.size // SAMPLE)]
    return max(1.0, 2 * float((1000 - everyone.scores[some].max(axis=1).astype(np.int64)).mean()))


def _first_guess(
    everyone: Everyone, rows: Ints, places: Ints, objective: Objective, slope: float
) -> NDArray[np.float32]:
    """Prices that balance an evenly drawn sample of the rows, warmly: two small matrix products a round."""
    some = rows[:: -(-rows.size // SAMPLE)]
    scores = everyone.scores[some]
    cost = cost_of(scores, objective).astype(np.float32)
    cost[scores < 0] = np.inf
    cost -= cost.min(axis=1, keepdims=True)
    unit = np.float32(_WARM * slope)
    wish = np.exp(-cost / unit)
    share = (places * (some.size / rows.size)).astype(np.float32)
    cheap = np.ones(places.size, np.float32)
    for _ in range(_WARM_ROUNDS):
        wished = (1 / np.maximum(wish @ cheap, np.float32(1e-30))) @ wish
        cheap = np.minimum(1, share / np.maximum(wished, np.float32(1e-30)))
    price: NDArray[np.float32] = -unit * np.log(np.maximum(cheap, np.float32(1e-30)))
    return price


def _near_best(
    everyone: Everyone, rows: Ints, price: NDArray[np.float32], objective: Objective, within: float
) -> tuple[Ints, Ints, NDArray[np.float32]]:
    """All pairs within this much of their row's least cost plus price, in row order, with their costs."""
    found: list[tuple[Ints, Ints]] = []
    short, wide = np.rint(price).astype(np.int32), price.size
    for start in range(0, rows.size, BLOCK):
        scores = everyone.scores[rows[start : start + BLOCK]]
        cost = np.subtract(np.int16(1000), scores, dtype=np.int32)
        if objective == "worst_off":
            cost *= cost
        cost += short
        cost |= (scores >> 15).astype(np.int32) & np.int32((1 << 30) - 1)
        flat = np.flatnonzero(cost <= (cost.min(axis=1) + np.int32(within))[:, None])
        found.append((flat // wide + start, flat % wide))
    row, column = (np.concatenate(part) for part in zip(*found, strict=True))
    cost_here = cost_of(everyone.scores[rows[row], column], objective).astype(np.float32)
    return row, column, cost_here
