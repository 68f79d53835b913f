"""A proposal for the waiting list: the first in line first, nobody lost, and provably the best fit."""

from __future__ import annotations

import subprocess
import sys
from itertools import product

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.sparse import csr_array  # type: ignore[import-untyped]
from scipy.sparse.csgraph import maximum_bipartite_matching  # type: ignore[import-untyped]

from companionway.reasoning.matching import (
    NOBODY,
    Candidates,
    NoSolution,
    NotOptimal,
    Objective,
    Solver,
    assign,
    served_in_order,
    top_candidates,
    waiting_order,
)
from companionway.reasoning.matching._certificate import place_prices
from companionway.reasoning.matching._solvers import pair_up
from tests.reasoning.populations import population

Ints = NDArray[np.int64]
Wishes = list[dict[int, int]]
"""For each member, the fit of each supporter they may meet."""

SOLVERS: list[Solver] = ["ortools", "scipy"]
OBJECTIVES: list[Objective] = ["fit", "worst_off"]
points = st.integers(0, 1000) | st.sampled_from([0, 1000])
small = st.lists(st.dictionaries(st.integers(0, 3), points, max_size=4), min_size=1, max_size=5)
capacities = st.lists(st.integers(0, 2), min_size=4, max_size=4).map(lambda free: np.array(free, np.int64))


def graph(wishes: Wishes, supporters: int = 4) -> Candidates:
    at = np.full((len(wishes), supporters), NOBODY, np.int32)
    fit = np.full((len(wishes), supporters), -1, np.int16)
    for row, wish in enumerate(wishes):
        for place, (supporter, points) in enumerate(sorted(wish.items(), key=lambda item: -item[1])):
            at[row, place], fit[row, place] = supporter, points
    ids = np.arange(supporters, dtype=np.int64) + 100
    known = np.array([len(wish) for wish in wishes], np.int64)
    return Candidates(np.arange(len(wishes), dtype=np.int64), ids, at, fit, known, 0)


def every_pairing(wishes: Wishes, capacity: Ints) -> list[tuple[int, ...]]:
    ways = product(*([NOBODY, *wish] for wish in wishes))
    return [
        way for way in ways if all(way.count(supporter) <= free for supporter, free in enumerate(capacity))
    ]


def best_by_hand(wishes: Wishes, capacity: Ints, objective: Objective) -> tuple[list[bool], int]:
    """Serve the first in line first (which also serves most, as is checked), then the least cost."""

    def cost(way: tuple[int, ...]) -> int:
        missing = [
            1000 - wish[supporter] for wish, supporter in zip(wishes, way, strict=True) if supporter != NOBODY
        ]
        return sum(missing if objective == "fit" else [m * m for m in missing])

    ways = every_pairing(wishes, capacity)
    served = max([supporter != NOBODY for supporter in way] for way in ways)
    assert sum(served) == max(sum(supporter != NOBODY for supporter in way) for way in ways)
    fair = [way for way in ways if [supporter != NOBODY for supporter in way] == served]
    return served, min(map(cost, fair))


@settings(max_examples=120, deadline=None)
@given(small, capacities, st.sampled_from(OBJECTIVES))
@example([{0: 1000, 1: 500}, {0: 500, 1: 1000}], np.array([1, 1, 0, 0]), "fit")
def test_small_proposals_are_the_best_found_by_trying_everything(
    wishes: Wishes, capacity: Ints, objective: Objective
) -> None:
    served, cost = best_by_hand(wishes, capacity, objective)
    order = np.arange(len(wishes), dtype=np.int64)
    for solver in SOLVERS:
        made = assign(graph(wishes), capacity, order, objective=objective, certify=True, solver=solver)
        assert made.served.tolist() == served
        assert made.cost == cost
        assert made.certificate is not None and made.certificate.holds
        assert [
            wish.get(int(supporter), -1) for wish, supporter in zip(wishes, made.partner, strict=True)
        ] == made.scores.tolist()


@settings(max_examples=60, deadline=None)
@given(small, capacities)
def test_the_line_may_start_anywhere(wishes: Wishes, capacity: Ints) -> None:
    """Served from the back of the list, the same people come out as if the list were turned round."""
    backwards = np.arange(len(wishes), dtype=np.int64)[::-1]
    turned, _ = best_by_hand(wishes[::-1], capacity, "fit")
    assert set(served_in_order(graph(wishes), capacity, backwards).tolist()) == {
        len(wishes) - 1 - at for at, is_served in enumerate(turned) if is_served
    }


@pytest.mark.parametrize("preset", ["tiny", "charity", "trust", "scarce", "desert"])
def test_waiting_order_loses_nobody(preset: str) -> None:
    """As many are served as any method could serve, counted by a method that ignores the wait."""
    people = population(preset)
    pool = people.pool
    candidates = people.candidates(40)
    served = served_in_order(candidates, pool.free, people.order)
    assert served.size == np.unique(served).size == most_that_can_be_served(candidates, pool.free)


def most_that_can_be_served(candidates: Candidates, capacity: Ints) -> int:
    row, supporter, _ = candidates.edges()
    copies = capacity[supporter]
    first = np.cumsum(capacity) - capacity
    nth = np.arange(copies.sum()) - np.repeat(np.cumsum(copies) - copies, copies)
    columns = np.repeat(first[supporter], copies) + nth
    shape = (candidates.members.size, int(capacity.sum()))
    places = csr_array((np.ones(columns.size), (np.repeat(row, copies), columns)), shape=shape)
    return int((maximum_bipartite_matching(places, perm_type="column") != NOBODY).sum())


@pytest.mark.parametrize("preset", ["charity", "trust"])
@pytest.mark.parametrize("objective", OBJECTIVES)
def test_both_solvers_prove_the_same_value(preset: str, objective: Objective) -> None:
    people = population(preset)
    pool = people.pool
    candidates = people.candidates(pool.size)
    one, other = (
        assign(candidates, pool.free, people.order, objective=objective, certify=True, solver=solver)
        for solver in SOLVERS
    )
    assert one.cost == other.cost
    assert one.digest == other.digest
    assert one.served.tolist() == other.served.tolist()
    for made in (one, other):
        assert made.certificate is not None and made.certificate.holds
        assert made.certificate.over_all_pairs
        assert (np.bincount(made.partner[made.served], minlength=pool.size) <= pool.free).all()


def test_the_worst_off_are_lifted_at_a_small_price() -> None:
    people = population("trust")
    pool = people.pool
    candidates = people.candidates(40)
    fit = assign(candidates, pool.free, people.order, objective="fit")
    fair = assign(candidates, pool.free, people.order, objective="worst_off")
    assert np.percentile(fair.scores[fair.served], 5) > np.percentile(fit.scores[fit.served], 5)
    assert fair.scores[fair.served].sum() > 0.97 * fit.scores[fit.served].sum()


def test_a_worse_pairing_has_no_certificate() -> None:
    row, supporter = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
    cost, capacity = np.array([1, 5, 5, 1]), np.array([1, 1])
    assert place_prices(row, supporter, cost, np.array([0, 3]), capacity).tolist() == [0, 0]
    with pytest.raises(NotOptimal):
        place_prices(row, supporter, cost, np.array([1, 2]), capacity)
    with pytest.raises(NotOptimal):
        place_prices(row, supporter, cost, np.array([1, 3]), np.array([1, 2]))


@pytest.mark.parametrize("solver", SOLVERS)
def test_asking_for_more_than_there_is_is_refused(solver: Solver) -> None:
    row, supporter = np.array([0, 1, 2]), np.array([0, 0, 1])
    for capacity in ([1, 1], [1, 0], [0, 5]):
        with pytest.raises(NoSolution):
            pair_up(row, supporter, np.zeros(3, np.int64), np.array(capacity), solver=solver)


def test_longer_waits_and_lower_bands_come_first_and_old_accounts_do_not() -> None:
    ids, days = np.arange(200), np.array([3] * 100 + [9] * 100)
    order = waiting_order(ids, days)
    assert set(order[:100].tolist()) == set(range(100, 200))
    assert order[:100].tolist() != sorted(order[:100].tolist())
    urgent = np.where(ids == 5, 0, 1)
    assert waiting_order(ids, days, bands=urgent)[0] == 5


def test_the_same_question_has_the_same_answer() -> None:
    people = population("charity")
    made = []
    for _ in range(2):
        pool = people.fresh_pool()
        candidates = top_candidates(people.waiting, pool, 20)
        made.append(assign(candidates, pool.free, people.order))
    assert made[0].pairs() == made[1].pairs()
    assert made[0].digest == made[1].digest
    assert made[0].prices.tolist() == made[1].prices.tolist()


def test_an_empty_waiting_list_and_an_empty_service_are_answered() -> None:
    nobody = np.empty(0, np.int64)
    pool = population("tiny").pool
    assert assign(top_candidates(nobody, pool, 5), pool.free, nobody, certify=True).pairs() == []
    for solver in SOLVERS:
        alone = assign(graph([{}, {}]), np.ones(4, np.int64), np.array([0, 1]), certify=True, solver=solver)
        assert alone.pairs() == []
        assert alone.certificate is not None and alone.certificate.holds


def test_scipy_serves_where_ortools_is_not_installed() -> None:
    said = subprocess.run(
        [sys.executable, "-c", WITHOUT_ORTOOLS], capture_output=True, text=True, timeout=60, check=False
    )
    assert (said.stdout.strip(), said.returncode) == ("scipy", 0), said.stderr


WITHOUT_ORTOOLS = """
import sys
sys.modules["ortools"] = None
from companionway.reasoning.matching import BEST_SOLVER
print(BEST_SOLVER)
"""
