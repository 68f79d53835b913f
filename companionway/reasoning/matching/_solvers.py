"""Two ways to solve the same assignment: OR-Tools where it is installed, else SciPy. Same value from both."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array  # type: ignore[import-untyped]
from scipy.sparse.csgraph import min_weight_full_bipartite_matching  # type: ignore[import-untyped]

try:
    from ortools.graph.python import min_cost_flow  # type: ignore[import-untyped]
except ImportError:
    min_cost_flow = None

flow: Any = min_cost_flow

Solver = Literal["ortools", "scipy"]
Ints = NDArray[np.int64]

BEST_SOLVER: Final[Solver] = "scipy" if flow is None else "ortools"


class NoSolution(RuntimeError):
    """A solver did not do what it was asked; nothing of its answer is used."""


def solver_name(solver: Solver) -> str:
    """The solver with its version, for the record."""
    return f"{solver} {version(solver)}"


def pair_up(row: Ints, supporter: Ints, cost: Ints, capacity: Ints, *, solver: Solver = BEST_SOLVER) -> Ints:
    """The edges (row, supporter, cost) that give every row exactly one supporter at the least total cost.

    Rows are numbered from 0 without gaps and every one has an edge; costs are 0 or more; `capacity` bounds
    each supporter. Returns the chosen edge numbers in row order. Raises `NoSolution` if not everyone can be
    served, or if the answer breaks a capacity. The total is the least whichever solver found it; with equal
    totals the two may choose different pairs.
    """
    rows = int(row.max(initial=-1)) + 1
    if not rows:
        return np.empty(0, np.int64)
    solve = _by_flow if solver == "ortools" else _by_matching
    chosen = solve(row, supporter, cost, np.minimum(capacity, rows), rows)
    chosen = chosen[np.argsort(row[chosen])]
    used = np.bincount(supporter[chosen], minlength=capacity.size)
    if not np.array_equal(row[chosen], np.arange(rows)) or (used > capacity).any():
        raise NoSolution("The solver's answer does not keep to the places there are.")
    return chosen


def fill_lists(
    row: Ints, supporter: Ints, gain: Ints, room: Ints, slots: Ints, bonus: tuple[int, ...]
) -> NDArray[np.bool_]:
    """OR-Tools only: choose edges for lists so that gains and slot bonuses together are the most.

    Row i takes up to `slots[i]` edges; its last `slots[i]` values of `bonus` (falling) are earned one a
    slot. `room` bounds each supporter. Returns a flag for each edge.
    """
    rows, supporters = slots.size, room.size
    sink = rows + supporters
    model = flow.SimpleMinCostFlow()
    chosen = model.add_arcs_with_capacity_and_unit_cost(
        row, rows + supporter, np.ones(row.size, np.int64), -gain
    )
    model.add_arcs_with_capacity_and_unit_cost(
        rows + np.arange(supporters), np.full(supporters, sink), room, np.zeros(supporters, np.int64)
    )
    for place, worth in enumerate(reversed(bonus)):
        empty = np.flatnonzero(slots > place)
        model.add_arcs_with_capacity_and_unit_cost(
            empty, np.full(empty.size, sink), np.ones(empty.size, np.int64), np.full(empty.size, worth)
        )
    model.set_nodes_supplies(np.arange(rows), slots)
    model.set_nodes_supplies(np.array([sink]), np.array([-int(slots.sum())]))
    if model.solve() != model.OPTIMAL:
        raise NoSolution("No lists could be made.")
    return np.asarray(model.flows(chosen)) > 0


def _by_flow(row: Ints, supporter: Ints, cost: Ints, capacity: Ints, rows: int) -> Ints:
    supporters = capacity.size
    sink = rows + supporters
    model = flow.SimpleMinCostFlow()
    edges = model.add_arcs_with_capacity_and_unit_cost(
        row, rows + supporter, np.ones(row.size, np.int64), cost
    )
    model.add_arcs_with_capacity_and_unit_cost(
        rows + np.arange(supporters), np.full(supporters, sink), capacity, np.zeros(supporters, np.int64)
    )
    model.set_nodes_supplies(np.arange(rows), np.ones(rows, np.int64))
    model.set_nodes_supplies(np.array([sink]), np.array([-rows]))
    if model.solve() != model.OPTIMAL:
        raise NoSolution("Not everyone in the set can be served.")
    return np.flatnonzero(np.asarray(model.flows(edges)) > 0)


def _by_matching(row: Ints, supporter: Ints, cost: Ints, capacity: Ints, rows: int) -> Ints:
    """Each place is a column of its own; 1 is added to each cost because SciPy reads 0 as "no edge"."""
    places = np.minimum(capacity, np.bincount(supporter, minlength=capacity.size))
    first = np.concatenate(([0], np.cumsum(places)))
    copies = places[supporter]
    edge = np.repeat(np.arange(row.size), copies)
    nth = np.arange(edge.size) - np.repeat(np.cumsum(copies) - copies, copies)
    column = first[supporter[edge]] + nth
    if first[-1] < rows:
        raise NoSolution("Not everyone in the set can be served.")
    graph = csr_array((cost[edge] + 1.0, (row[edge], column)), shape=(rows, int(first[-1])))
    try:
        matched_rows, matched_columns = min_weight_full_bipartite_matching(graph)
    except ValueError as none:
        raise NoSolution("Not everyone in the set can be served.") from none
    supporter_of = np.repeat(np.arange(capacity.size), places)
    names = row * capacity.size + supporter
    ranked = np.argsort(names)
    wanted = matched_rows.astype(np.int64) * capacity.size + supporter_of[matched_columns]
    edges: Ints = ranked[np.searchsorted(names, wanted, sorter=ranked)].astype(np.int64)
    return edges
