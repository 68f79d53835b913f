"""A proposal for the whole waiting list: who is served follows the wait, with whom follows the fit."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.metadata import version
from typing import Final

import numpy as np
from numpy.typing import NDArray

from companionway.reasoning.matching._candidates import NOBODY
from companionway.reasoning.matching._certificate import (
    Certificate,
    NotOptimal,
    Objective,
    cost_of,
    judge,
    proof_of,
)
from companionway.reasoning.matching._everyone import Everyone
from companionway.reasoning.matching._prices import likely_pairs
from companionway.reasoning.matching._served import Reach, seats_in_order
from companionway.reasoning.matching._solvers import best_pairs

Ints = NDArray[np.int64]

_MORE_EACH: Final = 5
"""Tempting pairs added for one row in one round."""

_NEAR: Final = 40
"""Points from a row's best within which tempting pairs are added (a thousand times that in squares)."""


@dataclass(frozen=True, slots=True)
class Work:
    """What a proposal took: rounds of solving, pairs the last one held, and pairs looked at in all rounds."""

    rounds: int
    edges: int
    scanned: int


@dataclass(frozen=True, slots=True)
class Assignment:
    """A proposed introduction for each member, or none; nothing happens until both say yes.

    Row i belongs to `members[i]`: `partner` is a position in `supporters` (`NOBODY` if not served) and
    `scores` the fit (-1 if not served). `prices` are the worth of one more place with each supporter, in
    points of fit, for `suggest`; `exact_prices` the same in the objective's own unit, for `certify`. `cost` is
    the objective's value: the sum of what is missing from 1000 ("fit") or of its square ("worst_off").
    `certificate` proves it over all pairs. `digest` identifies the input, `solver` and `pool_version` what it
    was made with, so that a proposal can be made again and checked.
    """

    members: Ints
    supporters: Ints
    partner: NDArray[np.int32]
    scores: NDArray[np.int16]
    prices: NDArray[np.int32]
    exact_prices: Ints
    n_admissible: Ints
    objective: Objective
    cost: int
    certificate: Certificate
    work: Work
    digest: str
    solver: str
    pool_version: int

    @property
    def served(self) -> NDArray[np.bool_]:
        """True for each row that has a partner."""
        has_partner: NDArray[np.bool_] = self.partner != NOBODY
        return has_partner

    def pairs(self) -> list[tuple[int, int]]:
        """(member id, supporter id) for everyone served, in row order."""
        rows = np.flatnonzero(self.served)
        partners = self.supporters[self.partner[rows]]
        return list(zip(self.members[rows].tolist(), partners.tolist(), strict=True))


def assign(everyone: Everyone, capacity: Ints, order: Ints, *, objective: Objective = "fit") -> Assignment:
    """Serve in order as many as can be, then give those served the partners that together fit best.

    `capacity` has the free places of each of `everyone.supporters`. First `served_in_order` decides who (see
    there; `order` comes from `waiting_order`, with or without bands). Then, with all of them served, "fit" makes
    the sum of scores the largest, and "worst_off" the sum of (1000 - score) squared the smallest, which lifts the
    poorest fits at a small cost in the total. The second step solves a small graph of likely pairs, looks at
    *all* pairs under its prices, adds those that would be better, and ends when there is none (column
    generation; Dantzig and Wolfe 1960): the prices then prove the answer. Raises `NotOptimal` if they do not.
    """
    places, reach = capacity[everyone.at].astype(np.int64), Reach(everyone)
    seat = seats_in_order(everyone, reach, places, order)
    seat, price, least, work = _best_seats(everyone, places, seat, objective)
    proof = proof_of(everyone, reach, places, order, seat, price, least, objective)
    if not proof.holds:
        raise NotOptimal("The proposal could not be proved.")
    rows = np.flatnonzero(seat != NOBODY)
    partner = np.full(seat.size, NOBODY, np.int32)
    partner[rows] = everyone.at[seat[rows]]
    scores = np.full(seat.size, -1, np.int16)
    scores[rows] = everyone.scores[rows, seat[rows]]
    exact = np.zeros(everyone.supporters.size, np.int64)
    exact[everyone.at] = price
    return Assignment(
        members=everyone.members,
        supporters=everyone.supporters,
        partner=partner,
        scores=scores,
        prices=_in_points(exact, 1000 - scores[rows].astype(np.int64), objective),
        exact_prices=exact,
        n_admissible=everyone.n_admissible,
        objective=objective,
        cost=proof.primal,
        certificate=proof,
        work=work,
        digest=_digest(everyone, capacity, order, objective),
        solver=f"scipy {version('scipy')}",
        pool_version=everyone.pool_version,
    )


def _best_seats(
    everyone: Everyone, places: Ints, seat: Ints, objective: Objective
) -> tuple[Ints, Ints, Ints, Work]:
    """The best seats for those who have one, prices that prove it, and each row's least cost plus price."""
    rows = np.flatnonzero(seat != NOBODY)
    if not rows.size:
        none = np.zeros(places.size, np.int64)
        return seat, none, np.zeros(seat.size, np.int64), Work(0, 0, 0)
    number = np.full(seat.size, NOBODY, np.int64)
    number[rows] = np.arange(rows.size)
    near = _NEAR if objective == "fit" else _NEAR * 1000
    row, column, guess = likely_pairs(everyone, rows, places, objective)
    row, column = _without_twins(
        np.append(row, np.arange(rows.size)), np.append(column, seat[rows]), places.size
    )
    scanned = everyone.scores.size
    for rounds in range(1, rows.size + places.size + 2):
        cost = cost_of(everyone.scores[rows[row], column], objective)
        chosen, price = best_pairs(row, column, cost, places, guess)
        content = np.zeros(seat.size, np.int64)
        content[rows] = cost[chosen] + price[column[chosen]]
        found = judge(everyone, objective, price, content, near)
        scanned += everyone.scores.size
        if not found.row.size:
            best = np.full(seat.size, NOBODY, np.int64)
            best[rows] = column[chosen]
            return best, price, found.least, Work(rounds, row.size, scanned)
        more = _most_tempting(everyone, found.row, found.column, price, objective)
        row = np.append(row, number[found.row[more]])
        column = np.append(column, found.column[more])
        if found.row.size < rows.size:
            guess = price
    raise NotOptimal("Better pairs were found without end.")


def _without_twins(row: Ints, column: Ints, columns: int) -> tuple[Ints, Ints]:
    names = np.unique(row * columns + column)
    return names // columns, names % columns


def _most_tempting(everyone: Everyone, row: Ints, column: Ints, price: Ints, objective: Objective) -> Ints:
    """Which of these pairs to add: for each row the few that are cheapest for it now."""
    worth = cost_of(everyone.scores[row, column], objective) + price[column]
    ranked = np.lexsort((worth, row))
    in_row = row[ranked]
    place = np.arange(row.size) - np.searchsorted(in_row, in_row)
    few: Ints = ranked[place < _MORE_EACH]
    return few


def _in_points(price: Ints, missing: Ints, objective: Objective) -> NDArray[np.int32]:
    """Prices of squares are brought back to points by the slope of the square at the mean shortfall."""
    slope = 1 if objective == "fit" else max(1, round(2 * float(missing.mean())) if missing.size else 1)
    return (price // slope).astype(np.int32)


def _digest(everyone: Everyone, capacity: Ints, order: Ints, objective: Objective) -> str:
    digest = hashlib.sha256(objective.encode())
    for column in (everyone.members, everyone.supporters, everyone.at, everyone.scores, capacity, order):
        digest.update(str((column.shape, column.dtype)).encode())
        digest.update(np.ascontiguousarray(column).data)
    return digest.hexdigest()
