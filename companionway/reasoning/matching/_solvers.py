"""The exact answer on a small graph: SciPy's sparse assignment (LAPJVsp), started from good prices."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from companionway.reasoning.borrowed import cheapest_pairs
from companionway.reasoning.matching._certificate import NotOptimal

Ints = NDArray[np.int64]

_FEW_SPARE: Final = 40
"""With more than one spare place to so many rows, prices are low anyway and no guess is needed."""


class NoSolution(RuntimeError):
    """A solver did not do what it was asked; nothing of its answer is used."""


def best_pairs(
    row: Ints, column: Ints, cost: Ints, capacity: Ints, guess: Ints | None = None
) -> tuple[Ints, Ints]:
    """`pair_up` and the `place_prices` that prove it. A guess that misleads is dropped, and all is done again."""
    if guess is not None:
        try:
            chosen = pair_up(row, column, cost, capacity, guess)
            return chosen, place_prices(row, column, cost, chosen, capacity, guess)
        except NotOptimal:
            pass
    chosen = pair_up(row, column, cost, capacity)
    return chosen, place_prices(row, column, cost, chosen, capacity)


def pair_up(row: Ints, column: Ints, cost: Ints, capacity: Ints, guess: Ints | None = None) -> Ints:
    """The edges (row, column, cost) that give every row exactly one column at the least total cost.

    Rows are numbered from 0 without gaps and every one has an edge; costs are 0 or more; `capacity` bounds each
    column. Returns the chosen edge numbers in row order. Raises `NoSolution` if not everyone can be served, or if
    the answer breaks a capacity. `guess` prices make it quicker: they are added to the costs, which changes
    nothing as long as all places are taken, so the few spare ones are taken by rows that stand for nobody and may
    have the cheapest places. If those were not the right ones, `place_prices` says so.
    """
    rows = int(row.max(initial=-1)) + 1
    if not rows:
        return np.empty(0, np.int64)
    places = np.minimum(capacity, np.bincount(column, minlength=capacity.size))
    spare = int(places.sum()) - rows
    if spare < 0:
        raise NoSolution("Not everyone in the set can be served.")
    if guess is None or spare > rows // _FEW_SPARE + 1:
        chosen = _match(row, column, cost, places, rows)
    else:
        price = np.where(places == capacity, guess, 0)
        cheapest = np.argsort(np.where(places > 0, price, np.iinfo(np.int64).max), kind="stable")
        cheapest = cheapest[: int(np.searchsorted(np.cumsum(places[cheapest]), 2 * spare + 50)) + 1]
        nobody = np.repeat(rows + np.arange(spare), cheapest.size)
        chosen = _match(
            np.append(row, nobody),
            np.append(column, np.tile(cheapest, spare)),
            np.append(cost + price[column], np.tile(price[cheapest], spare)),
            places,
            rows + spare,
        )
        chosen = chosen[chosen < row.size]
    chosen = chosen[np.argsort(row[chosen])]
    used = np.bincount(column[chosen], minlength=capacity.size)
    if not np.array_equal(row[chosen], np.arange(rows)) or (used > capacity).any():
        raise NoSolution("The solver's answer does not keep to the places there are.")
    return chosen


def _match(row: Ints, column: Ints, cost: Ints, places: Ints, rows: int) -> Ints:
    """Each place is a column of its own; 1 is added to each cost because SciPy reads 0 as "no edge"."""
    first = np.concatenate(([0], np.cumsum(places)))
    least = np.full(rows, np.iinfo(np.int64).max)
    np.minimum.at(least, row, cost)
    copies = places[column]
    edge = np.repeat(np.arange(row.size), copies)
    nth = np.arange(edge.size) - np.repeat(np.cumsum(copies) - copies, copies)
    weight = (cost - least[row] + 1.0)[edge]
    shape = (rows, int(first[-1]))
    try:
        matched_rows, matched_places = cheapest_pairs(weight, row[edge], first[column[edge]] + nth, shape)
    except ValueError as none:
        raise NoSolution("Not everyone in the set can be served.") from none
    column_of = np.repeat(np.arange(places.size), places)
    names = row * places.size + column
    ranked = np.argsort(names)
    wanted = matched_rows * places.size + column_of[matched_places]
    edges: Ints = ranked[np.searchsorted(names, wanted, sorter=ranked)].astype(np.int64)
    return edges


def place_prices(
    row: Ints, column: Ints, cost: Ints, chosen: Ints, capacity: Ints, guess: Ints | None = None
) -> Ints:
    """Prices of a place in each column at which everyone is content where they are: the least, or near a guess.

    Found by raising prices along the pairs that tempt somebody away, until none does (label-correcting on the
    residual graph), starting from the guess where a column is full. A column with a place to spare must cost
    nothing: if a guess does not allow that, the least prices are taken, and if those do not either, the pairing
    was not the best, and `NotOptimal` is raised.
    """
    used = np.bincount(column[chosen], minlength=capacity.size)
    idle = used < capacity
    if guess is not None:
        price = _raised(row, column, cost, chosen, np.where(idle, 0, guess))
        if not price[idle].any():
            return price
    price = _raised(row, column, cost, chosen, np.zeros(capacity.size, np.int64))
    if price[idle].any():
        raise NotOptimal("Moving somebody to a free place would be better.")
    return price


def _raised(row: Ints, column: Ints, cost: Ints, chosen: Ints, price: Ints) -> Ints:
    mine, gain = column[chosen][row], cost[chosen][row] - cost
    for _ in range(chosen.size + price.size + 1):
        asked = price[mine] + gain
        tempted = asked > price[column]
        if not tempted.any():
            return price
        np.maximum.at(price, column[tempted], asked[tempted])
    raise NotOptimal("Moving people round in a circle would be better.")
