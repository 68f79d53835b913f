"""A proposal for the waiting list: the first in line first, nobody lost, and provably the best fit of all pairs."""

from __future__ import annotations

from dataclasses import replace
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
    Assignment,
    Everyone,
    NoSolution,
    NotOptimal,
    Objective,
    Pool,
    assign,
    certify,
    everyone,
    fit_order,
    served_in_order,
    waiting_order,
)
from companionway.reasoning.matching._solvers import best_pairs, pair_up, place_prices
from tests.reasoning.populations import population

Ints = NDArray[np.int64]
Wishes = list[dict[int, int]]
"""For each member, the fit of each supporter they may meet."""

OBJECTIVES: list[Objective] = ["fit", "worst_off"]
points = st.integers(0, 1000) | st.sampled_from([0, 1000])
small = st.lists(st.dictionaries(st.integers(0, 3), points, max_size=4), min_size=1, max_size=5)
capacities = st.lists(st.integers(0, 2), min_size=4, max_size=4).map(lambda free: np.array(free, np.int64))


def graph(wishes: Wishes, supporters: int = 4) -> Everyone:
    scores = np.full((len(wishes), supporters), -1, np.int16)
    for row, wish in enumerate(wishes):
        for supporter, points in wish.items():
            scores[row, supporter] = points
    ids = np.arange(supporters, dtype=np.int64) + 100
    at = np.arange(supporters, dtype=np.int64)
    known = np.array([len(wish) for wish in wishes], np.int64)
    return Everyone(np.arange(len(wishes), dtype=np.int64), ids, at, scores, known, 0)


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
    made = assign(graph(wishes), capacity, order, objective=objective)
    assert made.served.tolist() == served
    assert made.cost == cost == made.certificate.dual
    assert made.certificate.holds
    assert made.certificate == judged(graph(wishes), capacity, order, made)
    assert [
        wish.get(int(supporter), -1) for wish, supporter in zip(wishes, made.partner, strict=True)
    ] == made.scores.tolist()


def judged(everybody: Everyone, capacity: Ints, order: Ints, made: Assignment) -> object:
    return certify(everybody, capacity, order, made.partner, made.exact_prices, objective=made.objective)


@settings(max_examples=60, deadline=None)
@given(small, capacities)
def test_the_line_may_start_anywhere(wishes: Wishes, capacity: Ints) -> None:
    """Served from the back of the list, the same people come out as if the list were turned round."""
    backwards = np.arange(len(wishes), dtype=np.int64)[::-1]
    turned, _ = best_by_hand(wishes[::-1], capacity, "fit")
    assert set(served_in_order(graph(wishes), capacity, backwards).tolist()) == {
        len(wishes) - 1 - at for at, is_served in enumerate(turned) if is_served
    }


PRESETS = ["tiny", "charity", "trust", "scarce", "plentiful", "one_star", "desert"]


@pytest.mark.parametrize("preset", PRESETS)
def test_waiting_order_loses_nobody(preset: str) -> None:
    """As many are served as any method could serve, counted by a method that ignores the wait."""
    people = population(preset)
    served = served_in_order(people.everyone, people.pool.free, people.order)
    assert served.size == np.unique(served).size == most_that_can_be_served(people.everyone, people.pool.free)


def most_that_can_be_served(everybody: Everyone, capacity: Ints) -> int:
    row, column = np.nonzero(everybody.scores >= 0)
    places = capacity[everybody.at]
    copies, first = places[column], np.cumsum(places) - places
    nth = np.arange(copies.sum()) - np.repeat(np.cumsum(copies) - copies, copies)
    columns = np.repeat(first[column], copies) + nth
    shape = (everybody.members.size, int(places.sum()))
    graph_of_places = csr_array((np.ones(columns.size), (np.repeat(row, copies), columns)), shape=shape)
    return int((maximum_bipartite_matching(graph_of_places, perm_type="column") != NOBODY).sum())


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("objective", OBJECTIVES)
def test_every_preset_is_proved_over_all_pairs(preset: str, objective: Objective) -> None:
    people = population(preset)
    made = assign(people.everyone, people.pool.free, people.order, objective=objective)
    proof = made.certificate
    assert proof.holds
    assert proof.primal == proof.dual == made.cost
    assert proof.pairs == int((people.everyone.scores >= 0).sum())
    assert proof == judged(people.everyone, people.pool.free, people.order, made)
    used = np.bincount(made.partner[made.served], minlength=people.pool.size)
    assert (used <= people.pool.free).all()


def test_the_work_grows_with_the_pairs_and_not_faster() -> None:
    """Few rounds, few pairs to solve for each person, and each pair looked at once a round."""
    for preset in ("trust", "scarce", "plentiful", "one_star", "desert"):
        people = population(preset)
        made = assign(people.everyone, people.pool.free, people.order)
        assert made.work.rounds <= 12
        assert made.work.scanned == (made.work.rounds + 1) * people.everyone.scores.size
        assert made.work.edges <= 40 * made.served.sum()


def test_the_worst_off_are_lifted_at_a_small_price() -> None:
    people = population("trust")
    fit = assign(people.everyone, people.pool.free, people.order, objective="fit")
    fair = assign(people.everyone, people.pool.free, people.order, objective="worst_off")
    assert np.percentile(fair.scores[fair.served], 5) > np.percentile(fit.scores[fit.served], 5)
    assert fair.scores[fair.served].sum() > 0.97 * fit.scores[fit.served].sum()


def test_each_choice_of_what_comes_first_gives_another_proposal_and_has_its_price() -> None:
    """On the preset with eight people for each place: what each choice gains, and what it costs."""
    people = population("scarce")
    everybody, free, days = people.everyone, people.pool.free, people.waited_days
    over_90 = days > 90
    by_wait = assign(everybody, free, people.order, objective="fit")
    lifted = assign(everybody, free, people.order, objective="worst_off")
    by_fit = assign(everybody, free, fit_order(everybody, (~over_90).astype(np.int64)), objective="fit")
    assert by_wait.served.tolist() == lifted.served.tolist() != by_fit.served.tolist()
    assert by_wait.partner.tolist() != lifted.partner.tolist()
    assert total(lifted) < total(by_wait) < total(by_fit)
    assert np.percentile(lifted.scores[lifted.served], 5) > np.percentile(by_wait.scores[by_wait.served], 5)
    assert by_wait.served.sum() == by_fit.served.sum()
    assert by_fit.served[over_90].sum() == by_wait.served[over_90].sum()
    assert days[by_fit.served].mean() < days[by_wait.served].mean()


def total(made: Assignment) -> int:
    return int(made.scores[made.served].sum())


def test_a_worse_pairing_has_no_prices() -> None:
    row, column = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
    cost, capacity = np.array([1, 5, 5, 1]), np.array([1, 1])
    assert place_prices(row, column, cost, np.array([0, 3]), capacity).tolist() == [0, 0]
    with pytest.raises(NotOptimal):
        place_prices(row, column, cost, np.array([1, 2]), capacity)
    with pytest.raises(NotOptimal):
        place_prices(row, column, cost, np.array([1, 3]), np.array([1, 2]))


@settings(max_examples=100, deadline=None)
@given(small, capacities, st.lists(st.integers(0, 2000), min_size=4, max_size=4))
def test_a_guess_of_prices_never_changes_the_value(wishes: Wishes, capacity: Ints, guess: list[int]) -> None:
    made = assign(graph(wishes), capacity, np.arange(len(wishes), dtype=np.int64))
    rows = np.flatnonzero(made.served)
    edges = [(at, s, 1000 - p) for at, row in enumerate(rows) for s, p in wishes[row].items()]
    row, column, cost = (np.array([edge[i] for edge in edges], np.int64) for i in range(3))
    chosen, price = best_pairs(row, column, cost, capacity, np.array(guess))
    assert cost[chosen].sum() == made.cost
    assert (price >= 0).all()


def test_asking_for_more_than_there_is_is_refused() -> None:
    row, column = np.array([0, 1, 2]), np.array([0, 0, 1])
    for capacity in ([1, 1], [1, 0], [0, 5]):
        with pytest.raises(NoSolution):
            pair_up(row, column, np.zeros(3, np.int64), np.array(capacity))


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
        made.append(assign(everyone(people.waiting, pool), pool.free, people.order))
    assert made[0].pairs() == made[1].pairs()
    assert made[0].digest == made[1].digest
    assert made[0].prices.tolist() == made[1].prices.tolist()
    other = replace(
        people.everyone, scores=np.where(people.everyone.scores > 0, people.everyone.scores - 1, -1)
    )
    assert assign(other, people.pool.free, people.order).digest != made[0].digest


def test_an_empty_waiting_list_and_an_empty_service_are_answered() -> None:
    nobody = np.empty(0, np.int64)
    pool = population("tiny").pool
    assert assign(everyone(nobody, pool), pool.free, nobody).pairs() == []
    alone = assign(graph([{}, {}]), np.ones(4, np.int64), np.array([0, 1]))
    assert alone.pairs() == []
    assert alone.certificate.holds
    none_free = everyone(population("tiny").waiting, pool_without_places())
    assert none_free.scores.shape[1] == 0
    assert assign(none_free, np.zeros(12, np.int64), population("tiny").order).pairs() == []


def pool_without_places() -> Pool:
    pool = population("tiny").pool
    return pool.renewed(supporters=[replace(row, free=0) for row in pool.supporters.values()])
