"""Proof beside the answer, over all pairs: prices under which nobody could do better, and nobody passed over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from companionway.reasoning.matching._candidates import NOBODY
from companionway.reasoning.matching._everyone import BLOCK, Everyone
from companionway.reasoning.matching._served import Reach

Objective = Literal["fit", "worst_off"]
Ints = NDArray[np.int64]

_TOO_DEAR: Final = 1 << 29
_NEVER: Final = np.int32((1 << 30) - 1)
"""Above every cost and price together: its bits are set where a rule forbids the pair."""


class NotOptimal(RuntimeError):
    """No prices support the pairing, so some other pairing of the same people is better."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """What proves a proposal against every admissible pair there is.

    `primal` is the cost of the pairing and `dual` a lower bound on the cost of *every* pairing of the same
    people (linear programming duality); equal numbers prove that none is better. `served` people are in it and
    `most_servable` bounds how many anyone could serve (Hall's theorem); equal numbers prove that no place is
    wasted. `passed_over` counts people left out although somebody after them in the order, by some moving about
    of the others, could have made room: 0 proves that the served are the first in line (the matroid's circuits).
    `broken` counts pairs that a rule forbids, and places given twice. `pairs` is how many pairs were judged.
    """

    primal: int
    dual: int
    served: int
    most_servable: int
    passed_over: int
    broken: int
    pairs: int

    @property
    def holds(self) -> bool:
        """Whether every part of the proof is complete."""
        whole = self.primal == self.dual and self.served == self.most_servable
        return whole and not self.passed_over and not self.broken


@dataclass(frozen=True, slots=True)
class Judgement:
    """One look at all pairs under some prices: the least cost and price each row can have, and tempting pairs."""

    least: Ints
    row: Ints
    column: Ints


def cost_of(scores: NDArray[np.int16] | Ints, objective: Objective) -> Ints:
    """What is missing from 1000 ("fit"), or its square ("worst_off")."""
    missing = 1000 - scores.astype(np.int64)
    return missing if objective == "fit" else missing * missing


def judge(everyone: Everyone, objective: Objective, price: Ints, below: Ints, near: int = 0) -> Judgement:
    """Look at every admissible pair: each row's least cost plus price, and pairs where it is under `below`.

    Of those, only pairs within `near` of their row's least are given; every row that has any has one.

    Costs are below 2**20 and prices below 2**29, so 32 bits hold every sum. Raises `NotOptimal` beyond that.
    """
    if price.max(initial=0) >= _TOO_DEAR or price.min(initial=0) < 0:
        raise NotOptimal("A price is out of bounds.")
    rows = len(everyone.scores)
    least = np.full(rows, _NEVER, np.int64)
    tempting: list[tuple[Ints, Ints]] = [(np.empty(0, np.int64), np.empty(0, np.int64))]
    short, limit = price.astype(np.int32), below.astype(np.int32)
    for start in range(0, rows, BLOCK):
        scores = everyone.scores[start : start + BLOCK]
        cost = np.subtract(np.int16(1000), scores, dtype=np.int32)
        if objective == "worst_off":
            cost *= cost
        cost += short
        cost |= (scores >> 15).astype(np.int32) & _NEVER
        least[start : start + BLOCK] = cost.min(axis=1)
        best, here = least[start : start + BLOCK], limit[start : start + BLOCK]
        some = np.flatnonzero(best < here)
        if some.size:
            under = np.minimum(here[some], best[some].astype(np.int32) + np.int32(1 + near))
            flat = np.flatnonzero(cost[some] < under[:, None])
            tempting.append((some[flat // cost.shape[1]] + start, flat % cost.shape[1]))
    return Judgement(
        least, np.concatenate([r for r, _ in tempting]), np.concatenate([c for _, c in tempting])
    )


def certify(
    everyone: Everyone,
    capacity: Ints,
    order: Ints,
    partner: NDArray[np.int32],
    prices: Ints,
    *,
    objective: Objective,
) -> Certificate:
    """Judge any pairing with any prices (of one more place with each of `everyone.supporters`) over all pairs.

    `partner` has a position in `everyone.supporters` for each row, or `NOBODY`; prices are in the objective's
    own unit. Nothing is taken from how the pairing was found. Raises `NotOptimal` if a price is below 0.
    """
    column = np.full(everyone.supporters.size + 1, NOBODY, np.int64)
    column[everyone.at] = np.arange(everyone.at.size)
    price, places = prices[everyone.at], capacity[everyone.at]
    found = judge(everyone, objective, price, np.zeros(partner.size, np.int64))
    return proof_of(everyone, Reach(everyone), places, order, column[partner], price, found.least, objective)


def proof_of(
    everyone: Everyone,
    reach: Reach,
    places: Ints,
    order: Ints,
    seat: Ints,
    price: Ints,
    least: Ints,
    objective: Objective,
) -> Certificate:
    """The certificate of these seats (a column for each row, or `NOBODY`), given each row's least cost plus price."""
    served = np.flatnonzero(seat != NOBODY)
    scores = everyone.scores[served, seat[served]]
    used = np.bincount(seat[served], minlength=places.size)
    passed_over, most = _in_turn(everyone, reach, places, order, seat)
    return Certificate(
        primal=int(cost_of(scores, objective).sum()),
        dual=int(least[served].sum() - (places * price).sum()),
        served=served.size,
        most_servable=most,
        passed_over=passed_over,
        broken=int((scores < 0).sum() + np.maximum(used - places, 0).sum()),
        pairs=int(everyone.n_admissible.sum()),
    )


def _in_turn(everyone: Everyone, reach: Reach, places: Ints, order: Ints, seat: Ints) -> tuple[int, int]:
    """How many were passed over, and the most who can be served.

    Whoever is left out is followed to everybody who could make room for them: those they may meet, the people
    seated there, those whom these may meet, and so on. If nobody on the way came after them, they were not passed
    over (what an earlier one in the line has followed need not be followed again). All those people have no place
    to go but those on the way, so no more of them can be served than there are such places.
    """
    turn = np.full(seat.size, np.iinfo(np.int64).max, np.int64)
    turn[order] = np.arange(order.size)
    able = everyone.n_admissible > 0
    seen = np.zeros(places.size, np.bool_)
    shut_in = able & (seat == NOBODY)
    passed_over = 0
    for row in order[(seat[order] == NOBODY) & able[order]].tolist():
        level = np.array([row])
        while level.size:
            new = reach.of(level) & ~seen
            seen |= new
            sits = np.append(new, False)[seat]
            level = np.flatnonzero(sits)
            shut_in |= sits
            passed_over += int((turn[level] > turn[row]).sum())
    return passed_over, int((able & ~shut_in).sum() + min(shut_in.sum(), places[seen].sum()))
