"""Proof beside the answer: prices under which nobody could do better, and a count nobody could beat."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from companionway.reasoning.matching._candidates import NOBODY, Candidates

Ints = NDArray[np.int64]


class NotOptimal(RuntimeError):
    """No prices support the pairing, so some other pairing of the same people is better."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """What proves a proposal, over the candidate graph it was made from.

    `primal` is the cost of the pairing and `dual` a lower bound on the cost of *every* pairing of the same
    people (linear programming duality); equal numbers prove that none is better. `served` people are in
    it and `most_servable` is an upper bound on how many anyone could serve (Hall's theorem): equal numbers
    prove that no place is wasted. `over_all_pairs` says whether the graph held every admissible pair; if
    not, the proof is about the candidates kept, and pairs beyond them are not judged.
    """

    primal: int
    dual: int
    served: int
    most_servable: int
    over_all_pairs: bool

    @property
    def holds(self) -> bool:
        """Whether both proofs are complete."""
        return self.primal == self.dual and self.served == self.most_servable


def place_prices(row: Ints, supporter: Ints, cost: Ints, chosen: Ints, capacity: Ints) -> Ints:
    """The least price of a place with each supporter at which everyone is content where they are.

    Found by raising prices along the pairs that tempt somebody away, until none does (label-correcting on
    the residual graph). A supporter with a place to spare must cost nothing: otherwise the pairing was not
    the best, and `NotOptimal` is raised.
    """
    price = np.zeros(capacity.size, np.int64)
    mine, my_cost = supporter[chosen][row], cost[chosen][row]
    for _ in range(chosen.size + capacity.size + 1):
        before = price.copy()
        np.maximum.at(price, supporter, price[mine] + my_cost - cost)
        if np.array_equal(before, price):
            break
    else:
        raise NotOptimal("Moving people round in a circle would be better.")
    used = np.bincount(supporter[chosen], minlength=capacity.size)
    if (price[used < capacity] > 0).any():
        raise NotOptimal("Moving somebody to a free place would be better.")
    return price


def lower_bound(row: Ints, supporter: Ints, cost: Ints, price: Ints, capacity: Ints) -> int:
    """The dual value of these prices: no pairing of the same rows can cost less than this."""
    best = np.full(int(row.max(initial=-1)) + 1, np.iinfo(np.int64).max)
    np.minimum.at(best, row, cost + price[supporter])
    return int(best.sum() - (capacity * price).sum())


def most_servable(candidates: Candidates, capacity: Ints, partner: NDArray[np.int32]) -> int:
    """No more people than this can be served: those who share too few places are counted by the places."""
    there = candidates.at != NOBODY
    reached = np.zeros(candidates.supporters.size, np.bool_)
    waiting = np.flatnonzero((partner == NOBODY) & there.any(axis=1))
    while waiting.size:
        found = np.unique(candidates.at[waiting][there[waiting]])
        found = found[~reached[found]]
        reached[found] = True
        waiting = np.flatnonzero(np.isin(partner, found))
    shut_in = there.any(axis=1) & np.where(there, reached[candidates.at], True).all(axis=1)
    elsewhere = int((there.any(axis=1) & ~shut_in).sum())
    return elsewhere + min(int(shut_in.sum()), int(capacity[reached].sum()))
