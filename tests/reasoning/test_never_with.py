"""Ten thousand introductions in a service where people must be kept apart: not one of them meets."""

from __future__ import annotations

import numpy as np

from companionway.reasoning.matching import (
    NOBODY,
    Pool,
    assign,
    everyone,
    suggest,
    suggestion_lists,
)
from tests.reasoning.populations import OTHER_PEOPLE, population

PAIRS_WANTED = 10_000


def test_those_kept_apart_never_meet_in_ten_thousand_introductions() -> None:
    """Every introduction made is forbidden from then on, so each round would repeat what it must not."""
    people = population("trust")
    pool = people.pool
    apart = set(people.blocked)
    made = 0
    while made < PAIRS_WANTED:
        never = [(OTHER_PEOPLE + supporter, member) for member, supporter in apart]
        pool = Pool(pool.members.values(), pool.supporters.values(), never_with=never)
        everybody = everyone(people.waiting, pool)
        proposal = assign(everybody, pool.free, people.order)
        pairs = set(proposal.pairs())
        assert pairs.isdisjoint(apart)
        made += len(pairs)
        apart |= pairs
    pool = Pool(
        pool.members.values(),
        pool.supporters.values(),
        never_with=[(member, OTHER_PEOPLE + supporter) for member, supporter in apart],
    )
    everybody = everyone(people.waiting, pool)
    lists = suggestion_lists(everybody, pool.free, first=assign(everybody, pool.free, people.order))
    shown = {(int(people.waiting[row]), int(lists[row, at])) for row, at in np.argwhere(lists != NOBODY)}
    assert shown.isdisjoint(apart)
    for member in people.waiting[:200].tolist():
        assert apart.isdisjoint((member, s.supporter_id) for s in suggest(member, pool, n=50))
