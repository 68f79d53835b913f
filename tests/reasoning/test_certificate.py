"""The proof beside a proposal: it holds for the right one, and for no other."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from companionway.reasoning.matching import NOBODY, Assignment, Everyone, NotOptimal, assign, certify
from tests.reasoning.populations import population
from tests.reasoning.test_waiting_list import Ints, graph


def test_every_kind_of_wrong_proposal_is_rejected() -> None:
    people = population("trust")
    everybody, free, order = people.everyone, people.pool.free, people.order
    made = assign(everybody, free, order)
    assert certify(everybody, free, order, made.partner, made.exact_prices, objective="fit").holds
    for partner, prices in wrong_proposals(everybody, free, made):
        assert not certify(everybody, free, order, partner, prices, objective="fit").holds
    below = made.exact_prices.copy()
    below[everybody.at[0]] = -1
    with pytest.raises(NotOptimal):
        certify(everybody, free, order, made.partner, below, objective="fit")


def wrong_proposals(
    everybody: Everyone, free: Ints, made: Assignment
) -> list[tuple[NDArray[np.int32], Ints]]:
    wrong = []
    served, place_of = (
        np.flatnonzero(made.served),
        {int(at): column for column, at in enumerate(everybody.at)},
    )
    one = int(served[0])
    swapped = made.partner.copy()
    other = next(
        int(row)
        for row in served[1:]
        if everybody.scores[one, place_of[made.partner[row]]] >= 0
        and everybody.scores[row, place_of[made.partner[one]]] >= 0
        and everybody.scores[one, place_of[made.partner[row]]]
        + everybody.scores[row, place_of[made.partner[one]]]
        != made.scores[one] + made.scores[row]
    )
    swapped[[one, other]] = swapped[[other, one]]
    wrong.append((swapped, made.exact_prices))
    used = np.bincount(made.partner[served], minlength=free.size)
    spare = int(np.flatnonzero(used < free)[0])
    dearer = made.exact_prices.copy()
    dearer[spare] += 1
    wrong.append((made.partner, dearer))
    left_out = made.partner.copy()
    left_out[one] = NOBODY
    wrong.append((left_out, made.exact_prices))
    forbidden = made.partner.copy()
    forbidden[one] = everybody.at[int(np.flatnonzero(everybody.scores[one] < 0)[0])]
    wrong.append((forbidden, made.exact_prices))
    crowded = made.partner.copy()
    full = int(np.flatnonzero((used == free) & (free > 0))[0])
    crowded[
        next(r for r in served if everybody.scores[r, place_of[full]] >= 0 and made.partner[r] != full)
    ] = full
    wrong.append((crowded, made.exact_prices))
    return wrong


def test_serving_somebody_later_instead_is_rejected() -> None:
    """As many served, at a fit that nobody could better, and still wrong: the first in line could have had it."""
    everybody, free, order = graph([{0: 500}, {0: 500}], 1), np.array([1]), np.array([0, 1])
    made = assign(everybody, free, order)
    assert made.partner.tolist() == [0, NOBODY]
    later = certify(
        everybody, free, order, np.array([NOBODY, 0], np.int32), made.exact_prices, objective="fit"
    )
    assert later.primal == later.dual and later.served == later.most_servable
    assert later.passed_over == 1 and not later.holds


def test_a_price_that_matters_must_be_exact() -> None:
    """Two people want one place; the price that lets the one who fits less go elsewhere is 100 to 300."""
    everybody, free, order = (
        graph([{0: 900, 1: 600}, {0: 700, 1: 600}], 2),
        np.array([1, 1]),
        np.array([0, 1]),
    )
    made = assign(everybody, free, order)
    holds = [
        certify(everybody, free, order, made.partner, np.array([price, 0]), objective="fit").holds
        for price in (99, 100, 300, 301)
    ]
    assert holds == [False, True, True, False]
