"""A proposal for the whole waiting list: who is served follows the wait, with whom follows the fit."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from companionway.reasoning.matching._candidates import NOBODY, Candidates
from companionway.reasoning.matching._certificate import (
    Certificate,
    lower_bound,
    most_servable,
    place_prices,
)
from companionway.reasoning.matching._served import served_in_order
from companionway.reasoning.matching._solvers import BEST_SOLVER, Solver, pair_up, solver_name

Objective = Literal["fit", "worst_off"]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Assignment:
    """A proposed introduction for each member, or none; nothing happens until both say yes.

    Row i belongs to `members[i]`: `partner` is a position in `supporters` (`NOBODY` if not served) and
    `scores` the fit (-1 if not served). `prices` are the worth of one more place with each supporter, in
    points of fit, for `suggest`. `cost` is the objective's value: the sum of what is missing from 1000
    ("fit") or of its square ("worst_off"). `digest` identifies the input, `solver` and `pool_version` what
    it was made with, so that a proposal can be made again and checked.
    """

    members: Ints
    supporters: Ints
    partner: NDArray[np.int32]
    scores: NDArray[np.int16]
    prices: NDArray[np.int32]
    n_admissible: Ints
    objective: Objective
    cost: int
    certificate: Certificate | None
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


def assign(
    candidates: Candidates,
    capacity: Ints,
    order: Ints,
    *,
    objective: Objective = "worst_off",
    certify: bool = False,
    solver: Solver = BEST_SOLVER,
) -> Assignment:
    """Serve in order as many as can be, then give those served the partners that together fit best.

    First `served_in_order` decides who (see there; `order` comes from `waiting_order`, with or without
    bands). Then, with all of them served, "fit" makes the sum of scores the largest, and "worst_off" the
    sum of (1000 - score) squared the smallest, which lifts the poorest fits at a small cost in the total.
    Two steps rather than one big weight, so that no number overflows. `certify` adds a proof of both steps
    over the given candidate graph (see `Certificate`); it raises `NotOptimal` if a solver was wrong.
    """
    served = np.sort(served_in_order(candidates, capacity, order))
    row, supporter, score = _edges_of(candidates, served)
    missing = 1000 - score
    cost = missing if objective == "fit" else missing * missing
    chosen = pair_up(row, supporter, cost, capacity, solver=solver)
    price = place_prices(row, supporter, cost, chosen, capacity)
    partner = np.full(candidates.members.size, NOBODY, np.int32)
    partner[served] = supporter[chosen]
    scores = np.full(candidates.members.size, -1, np.int16)
    scores[served] = score[chosen]
    proof = None
    if certify:
        proof = Certificate(
            primal=int(cost[chosen].sum()),
            dual=lower_bound(row, supporter, cost, price, capacity),
            served=served.size,
            most_servable=most_servable(candidates, capacity, partner),
            over_all_pairs=candidates.is_complete,
        )
    return Assignment(
        members=candidates.members,
        supporters=candidates.supporters,
        partner=partner,
        scores=scores,
        prices=_in_points(price, missing[chosen], objective),
        n_admissible=candidates.n_admissible,
        objective=objective,
        cost=int(cost[chosen].sum()),
        certificate=proof,
        digest=_digest(candidates, capacity, order, objective),
        solver=solver_name(solver),
        pool_version=candidates.pool_version,
    )


def _edges_of(candidates: Candidates, served: Ints) -> tuple[Ints, Ints, Ints]:
    """The pairs of the people served, with rows numbered from 0 without gaps."""
    row, supporter, score = candidates.edges()
    number = np.full(candidates.members.size, NOBODY, np.int64)
    number[served] = np.arange(served.size)
    kept = number[row] != NOBODY
    return number[row[kept]], supporter[kept], score[kept]


def _in_points(price: Ints, missing: Ints, objective: Objective) -> NDArray[np.int32]:
    """Prices of squares are brought back to points by the slope of the square at the mean shortfall."""
    slope = 1 if objective == "fit" else max(1, round(2 * float(missing.mean())) if missing.size else 1)
    return (price // slope).astype(np.int32)


def _digest(candidates: Candidates, capacity: Ints, order: Ints, objective: Objective) -> str:
    digest = hashlib.sha256(objective.encode())
    for column in (
        candidates.members,
        candidates.supporters,
        candidates.at,
        candidates.scores,
        capacity,
        order,
    ):
        digest.update(str((column.shape, column.dtype)).encode())
        digest.update(np.ascontiguousarray(column).tobytes())
    return digest.hexdigest()
