"""Lists to choose from: fair to supporters, and more people reached than with everybody's top five."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from companionway.reasoning.matching import (
    NOBODY,
    Assignment,
    Everyone,
    MemberRow,
    Pool,
    SupporterRow,
    admissible,
    assign,
    everyone,
    exposure_gini,
    listed,
    suggest,
    suggestion_lists,
)
from tests.reasoning.populations import Population, population

Ints = NDArray[np.int64]
SAYS_YES = 0.8


def proposal(people: Population) -> tuple[Everyone, Ints, Assignment]:
    return people.everyone, people.pool.free, assign(people.everyone, people.pool.free, people.order)


def reached(lists: Ints, everybody: Everyone, capacity: Ints, order: Ints, seed: int) -> tuple[int, int]:
    """People who find someone, and asks made, if each asks down their list and four in five say yes."""
    rng = np.random.default_rng(seed)
    left = dict(zip(everybody.supporters.tolist(), capacity.tolist(), strict=True))
    found: set[int] = set()
    asks = 0
    for turn in range(lists.shape[1]):
        for row in order.tolist():
            supporter = int(lists[row, turn])
            if row in found or supporter == NOBODY:
                continue
            asks += 1
            if left[supporter] > 0 and rng.random() < SAYS_YES:
                left[supporter] -= 1
                found.add(row)
    return len(found), asks


@pytest.mark.parametrize("preset", ["trust", "one_star"])
def test_lists_reach_more_people_than_everybodys_top_five(preset: str) -> None:
    people = population(preset)
    everybody, capacity, first = proposal(people)
    naive = everybody.best(5).ids
    fair = suggestion_lists(everybody, capacity, first=first)
    for seed in range(5):
        more, asks = reached(fair, everybody, capacity, people.order, seed)
        fewer, wasted = reached(naive, everybody, capacity, people.order, seed)
        assert more >= 1.3 * fewer
        assert asks / more < wasted / fewer
    assert exposure_gini(naive, everybody.supporters, capacity) > 0.4
    alone = suggestion_lists(everybody, capacity)
    for lists in (fair, alone):
        assert exposure_gini(lists, everybody.supporters, capacity) <= 0.10


@pytest.mark.parametrize("preset", ["charity", "scarce", "desert"])
def test_a_list_is_short_allowed_and_never_empty_without_need(preset: str) -> None:
    people = population(preset)
    everybody, capacity, first = proposal(people)
    lists = suggestion_lists(everybody, capacity, first=first)
    pool = people.pool
    assert lists.shape == (people.waiting.size, 5)
    assert ((lists[:, 0] == NOBODY) == (everybody.n_admissible == 0)).all()
    for row, shown in enumerate(lists.tolist()):
        ids = [supporter for supporter in shown if supporter != NOBODY]
        assert shown == ids + [NOBODY] * (5 - len(ids))
        assert len(ids) == len(set(ids))
        if row % 10 == 0:
            allowed = admissible(pool.members[int(people.waiting[row])], pool)
            assert all(allowed[pool.position[supporter]] for supporter in ids)


def test_the_partner_leads_and_no_place_is_shown_more_than_its_share() -> None:
    people = population("trust")
    everybody, capacity, first = proposal(people)
    lists = suggestion_lists(everybody, capacity, first=first, exposure=6)
    partners = first.supporters[first.partner[first.served]]
    assert (lists[first.served, 0] == partners).all()
    shown = np.bincount(
        np.searchsorted(everybody.supporters, lists[lists != NOBODY]), minlength=capacity.size
    )
    over = shown > 6 * capacity
    only_choice = (lists != NOBODY).sum(axis=1) == 1
    assert over.sum() <= only_choice.sum()
    assert shown[capacity == 0].sum() == 0


def test_an_only_choice_is_shown_however_many_need_the_same() -> None:
    members = [MemberRow(id=i, langs=1, avail=1, modes=1, consents=True) for i in range(6)]
    only = SupporterRow(id=50, langs=1, avail=1, modes=1, free=1, consents=True)
    pool = Pool(members, [only])
    lists = suggestion_lists(everyone(np.arange(6), pool), pool.free, exposure=1)
    assert (lists[:, 0] == only.id).all()


def test_a_price_moves_a_supporter_down_and_hides_nobody() -> None:
    people = population("charity")
    pool = people.pool
    member = int(people.waiting[0])
    plain = suggest(member, pool, n=50)
    assert {s.shown_because for s in plain} == {"best"}
    prices = np.zeros(pool.size, np.int32)
    prices[pool.position[plain[0].supporter_id]] = 1000
    priced = suggest(member, pool, n=50, prices=prices)
    assert priced[-1].supporter_id == plain[0].supporter_id
    assert {s.supporter_id for s in priced} == {s.supporter_id for s in plain}
    short = suggest(member, pool, n=3, prices=prices)
    assert [s.shown_because for s in short] == ["best", "best", "alternate"]


def test_a_list_made_earlier_drops_whoever_may_no_longer_be_shown() -> None:
    people = population("charity")
    pool = people.pool
    member = int(people.waiting[0])
    ids = [s.supporter_id for s in suggest(member, pool, n=4)]
    assert [s.supporter_id for s in listed(member, pool, ids, partner=ids[2])] == ids
    assert [s.shown_because for s in listed(member, pool, ids, partner=ids[2])][2] == "partner"
    gone = pool.supporters[ids[1]]
    full = pool.renewed(supporters=[type(gone)(id=gone.id, langs=1, avail=1, modes=1, person=gone.person)])
    assert [s.supporter_id for s in listed(member, full, [*ids, 999_999])] == [ids[0], *ids[2:]]


def test_evenness_of_showing_is_measured_for_each_place() -> None:
    supporters, capacity = np.array([10, 11, 12]), np.array([2, 1, 0])
    even = np.array([[10, 11], [10, NOBODY]])
    assert exposure_gini(even, supporters, capacity) == pytest.approx(0)
    one_takes_all = np.array([[11, NOBODY], [11, NOBODY]])
    assert exposure_gini(one_takes_all, supporters, capacity) == pytest.approx(2 / 3)
    assert exposure_gini(np.full((1, 2), NOBODY), supporters, capacity) == 0
