"""The engine equals the oracle bit for bit: who may meet, the score, the reasons and the order of equals."""

from __future__ import annotations

import numpy as np
import pytest

from companionway.reasoning.matching import Rule, admissible, explain, rule_failures, scores, suggest, tie
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
