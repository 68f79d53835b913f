"""The engine equals the oracle bit for bit: who may meet, the score, the reasons and the order of equals."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companionway.reasoning.matching import (
    MemberRow,
    Pool,
    Rule,
    SupporterRow,
    admissible,
    everyone,
    explain,
    rule_failures,
    scores,
    suggest,
    tie,
    top_candidates,
)
from tests.reasoning import oracle
from tests.reasoning.drawing import PRESETS
from tests.reasoning.populations import population

PAIRS = {
    "charity": (400, 50),
    "trust": (200, 100),
    "scarce": (100, 150),
    "plentiful": (100, 100),
    "one_star": (100, 150),
    "desert": (100, 200),
}
"""How many members, and supporters for each: 100,000 pairs."""


def test_the_pairs_are_a_hundred_thousand() -> None:
    assert sum(members * supporters for members, supporters in PAIRS.values()) == 100_000


@pytest.mark.parametrize("preset", PAIRS)
def test_every_pair_equals_the_oracle(preset: str) -> None:
    people = population(preset)
    pool = people.pool
    rng = np.random.default_rng(PRESETS[preset].seed)
    members, each = PAIRS[preset]
    rows = list(pool.supporters.values())
    allowed = 0
    for i in rng.choice(len(people.seekers), members, replace=False).tolist():
        seeker, member = people.seekers[i], pool.members[i]
        fit = scores(member, pool, whatever_capacity=True).tolist()
        with_place = admissible(member, pool).tolist()
        for j in rng.choice(len(people.helpers), each, replace=False).tolist():
            helper = people.helpers[j]
            broken = oracle.failures(seeker, helper, people.blocked)
            mine = [rule for rule in rule_failures(member, rows[j], pool) if rule is not Rule.CAPACITY]
            assert mine == broken
            assert fit[j] == (-1 if broken else oracle.score(seeker, helper))
            assert with_place[j] == (not broken and bool(rows[j].free))
            assert tie(i, j) == oracle.tie(i, j)
            if not broken:
                why = explain(member, rows[j])
                assert [(w.reason, w.points, w.most) for w in why] == oracle.explain(seeker, helper)
                allowed += 1
    assert allowed > members * each / 10


@pytest.mark.parametrize("preset", ["charity", "one_star", "desert"])
def test_a_list_is_the_oracles_best_in_its_order(preset: str) -> None:
    people = population(preset)
    pool = people.pool
    free = people.columns["s_free"].tolist()
    for i in range(0, len(people.seekers), len(people.seekers) // 12):
        seeker = people.seekers[i]
        fair = [
            (-oracle.score(seeker, helper), -oracle.tie(i, helper.number), helper.number)
            for helper in people.helpers
            if free[helper.number] and not oracle.failures(seeker, helper, people.blocked)
        ]
        shown = [(-s.score, -oracle.tie(i, s.supporter_id), s.supporter_id) for s in suggest(i, pool, n=7)]
        assert shown == sorted(fair)[:7]


@pytest.mark.parametrize("preset", [name for name in PRESETS if name != "national"])
def test_all_pairs_at_once_equal_one_member_at_a_time(preset: str) -> None:
    """What proposals are made from is the same, bit for bit, as what a page shows, in a block or on its own."""
    people = population(preset)
    pool, whole = people.pool, people.everyone
    rows = range(0, people.waiting.size, max(1, people.waiting.size // 200))
    for row in rows:
        alone = scores(pool.members[int(people.waiting[row])], pool)
        assert (alone[whole.at] == whole.scores[row]).all()
        assert (alone >= 0).sum() == whole.n_admissible[row]
    ids = people.waiting[list(rows)]
    for k in (1, 5, 40):
        few, each = everyone(ids, pool).best(k), top_candidates(ids, pool, k)
        assert few.at.tolist() == each.at.tolist()
        assert few.scores.tolist() == each.scores.tolist()


member_rows = st.builds(
    MemberRow,
    id=st.just(1),
    langs=st.integers(0, 7),
    avail=st.integers(0, (1 << 56) - 1),
    modes=st.integers(0, 15),
    safe_modes=st.integers(0, 15),
    topics=st.integers(0, (1 << 64) - 1),
    key_topics=st.integers(0, (1 << 64) - 1),
    goals=st.integers(0, 255),
    identity=st.integers(0, 255),
    gender=st.integers(0, 3),
    accept_gender=st.integers(0, 15),
    age=st.none() | st.integers(16, 99),
    need_level=st.integers(0, 3),
    stage=st.integers(0, 4),
    x=st.integers(-50_000, 50_000),
    y=st.integers(-50_000, 50_000),
    max_km=st.integers(0, 255),
    weights=st.lists(st.integers(0, 4), max_size=8).map(tuple),
    consents=st.booleans() | st.just(True),
    age_band=st.integers(0, 1),
)
supporter_rows = st.builds(
    SupporterRow,
    id=st.integers(10, 10_000),
    langs=st.integers(0, 7) | st.just(7),
    avail=st.integers(0, (1 << 56) - 1),
    modes=st.integers(0, 15),
    topics=st.integers(0, (1 << 64) - 1),
    wish_topics=st.integers(0, (1 << 64) - 1),
    cannot=st.just(0) | st.integers(0, (1 << 64) - 1),
    goals=st.integers(0, 255),
    identity=st.integers(0, 255),
    gender=st.integers(0, 3),
    accept_gender=st.integers(0, 15) | st.just(15),
    age=st.none() | st.integers(16, 99),
    level=st.integers(0, 3) | st.just(3),
    stage=st.integers(0, 4),
    x=st.integers(-50_000, 50_000),
    y=st.integers(-50_000, 50_000),
    max_km=st.integers(0, 255),
    free=st.integers(0, 2),
    consents=st.booleans() | st.just(True),
    age_band=st.integers(0, 1) | st.just(0),
)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(member_rows, min_size=1, max_size=4),
    st.lists(supporter_rows, min_size=1, max_size=8, unique_by=lambda s: s.id),
    st.sets(st.integers(0, 3)),
)
def test_all_pairs_at_once_are_the_same_for_people_of_every_kind(
    drawn: list[MemberRow], supporters: list[SupporterRow], known: set[int]
) -> None:
    """Also those whom no made-up population holds: nothing said, no safe way, far apart, known to each other."""
    members = [replace(row, id=number + 1, person=-number) for number, row in enumerate(drawn)]
    pool = Pool(members, supporters, never_with=[(-number, supporters[0].id) for number in known])
    whole = everyone(np.array([row.id for row in members]), pool)
    for row, member in enumerate(members):
        assert scores(member, pool)[whole.at].tolist() == whole.scores[row].tolist()
