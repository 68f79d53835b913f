"""Hard rules: whoever breaks one is never shown, whichever side it is and whichever way it is asked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companionway.reasoning.matching import (
    IN_PERSON,
    NEVER_RELAXED,
    PHONE,
    TEXT,
    VIDEO,
    MemberRow,
    Pool,
    Rule,
    SupporterRow,
    admissible,
    could_meet,
    rule_failures,
    score,
    scores,
    suggest,
)

ASH = MemberRow(id=1, langs=1, avail=0b11, modes=TEXT | PHONE, topics=0b101, consents=True)
ROBIN = SupporterRow(id=2, langs=1, avail=0b10, modes=TEXT, topics=0b100, free=1, consents=True)


def broken(member: MemberRow, supporter: SupporterRow, **pool: list[tuple[int, int]]) -> tuple[Rule, ...]:
    """What the rules say of one pair, asked one by one and in columns."""
    both = Pool([member], [supporter], **pool)  # type: ignore[arg-type]
    rules = rule_failures(member, supporter, both)
    assert admissible(member, both).tolist() == [not rules]
    assert [s.supporter_id for s in suggest(member.id, both)] == ([] if rules else [supporter.id])
    return rules


def test_a_pair_that_breaks_nothing_may_meet() -> None:
    assert broken(ASH, ROBIN) == ()


@pytest.mark.parametrize(
    ("member", "supporter", "rule"),
    [
        (replace(ASH, consents=False), ROBIN, Rule.CONSENT),
        (ASH, replace(ROBIN, consents=False), Rule.CONSENT),
        (ASH, replace(ROBIN, free=0), Rule.CAPACITY),
        (ASH, replace(ROBIN, paused=True), Rule.CAPACITY),
        (replace(ASH, age_band=1), ROBIN, Rule.AGE_BAND),
        (ASH, replace(ROBIN, age_band=1), Rule.AGE_BAND),
        (replace(ASH, accept_gender=0b0001), replace(ROBIN, gender=1), Rule.GENDER),
        (replace(ASH, gender=1), replace(ROBIN, accept_gender=0b0001), Rule.GENDER),
        (replace(ASH, langs=0b10), ROBIN, Rule.LANGUAGE),
        (ASH, replace(ROBIN, cannot=0b001), Rule.CANNOT_SUPPORT),
        (replace(ASH, need_level=1), ROBIN, Rule.TRAINING),
        (ASH, replace(ROBIN, avail=0b100), Rule.HOURS),
        (ASH, replace(ROBIN, modes=VIDEO), Rule.MODE),
        (replace(ASH, modes=IN_PERSON, max_km=5), replace(ROBIN, modes=IN_PERSON, x=600), Rule.MODE),
    ],
)
def test_each_rule_alone_keeps_two_people_apart(
    member: MemberRow, supporter: SupporterRow, rule: Rule
) -> None:
    assert broken(member, supporter) == (rule,)


@pytest.mark.parametrize(
    ("safe", "offers"),
    [(TEXT, PHONE), (TEXT, PHONE | IN_PERSON), (TEXT | VIDEO, PHONE | VIDEO), (TEXT, PHONE | VIDEO)],
)
def test_a_way_of_contact_that_is_not_safe_is_never_the_only_one(safe: int, offers: int) -> None:
    """Ash likes writing and the phone; what is left must be liked and safe at once."""
    assert broken(replace(ASH, safe_modes=safe), replace(ROBIN, modes=offers)) == (Rule.SAFE_CONTACT,)


def test_safe_contact_leaves_those_who_offer_a_safe_way() -> None:
    assert broken(replace(ASH, safe_modes=TEXT), replace(ROBIN, modes=TEXT | PHONE)) == ()


def test_never_with_holds_in_both_directions_and_across_roles() -> None:
    ash_supports = replace(ROBIN, id=30, person=100)
    ash_asks = replace(ASH, id=31, person=100)
    robin_asks = replace(ASH, id=32, person=200)
    robin_supports = replace(ROBIN, id=33, person=200)
    for pair in [(100, 200), (200, 100)]:
        assert broken(ash_asks, robin_supports, never_with=[pair]) == (Rule.BLOCKED,)
        assert broken(robin_asks, ash_supports, never_with=[pair]) == (Rule.BLOCKED,)
    assert broken(ash_asks, robin_supports, never_with=[(100, 201)]) == ()


def test_a_blocked_pair_is_between_these_two_rows_only() -> None:
    assert broken(ASH, ROBIN, blocked=[(ASH.id, ROBIN.id)]) == (Rule.BLOCKED,)
    assert broken(ASH, ROBIN, blocked=[(ROBIN.id, ASH.id)]) == ()


def test_nobody_is_matched_with_themselves() -> None:
    assert broken(replace(ASH, person=7), replace(ROBIN, person=7)) == (Rule.BLOCKED,)
    assert broken(replace(ASH, id=9), replace(ROBIN, id=9)) == (Rule.BLOCKED,)


def test_planning_ahead_relaxes_capacity_and_nothing_else() -> None:
    for change in ({"free": 0}, {"paused": True}):
        pool = Pool([ASH], [replace(ROBIN, **change), replace(ROBIN, id=3, cannot=1, free=0)])
        assert admissible(ASH, pool).tolist() == [False, False]
        assert admissible(ASH, pool, whatever_capacity=True).tolist() == [True, False]


def test_rules_that_protect_people_are_never_offered_for_relaxing() -> None:
    assert {Rule.CONSENT, Rule.BLOCKED, Rule.AGE_BAND, Rule.SAFE_CONTACT} == NEVER_RELAXED


def test_a_newer_row_takes_the_place_of_the_old_one() -> None:
    pool = Pool([ASH], [ROBIN], never_with=[(1, 5)])
    newer = pool.renewed(
        supporters=[replace(ROBIN, free=0), replace(ROBIN, id=5)], members=[replace(ASH, id=6)]
    )
    assert (pool.version, newer.version) == (0, 1)
    assert admissible(ASH, pool).tolist() == [True]
    assert admissible(ASH, newer).tolist() == [False, False]
    assert [s.supporter_id for s in suggest(6, newer)] == [5]


def test_a_supporter_sees_only_those_they_may_meet_longest_waiting_first() -> None:
    waiting = [replace(ASH, id=i) for i in (14, 11, 13, 12)]
    waiting[1] = replace(waiting[1], langs=2)
    pool = Pool(waiting, [ROBIN], never_with=[(2, 13)])
    assert could_meet(ROBIN.id, [14, 11, 13, 12], pool) == [14, 12]
    assert could_meet(ROBIN.id, [14, 11, 13, 12], pool, n=1) == [14]


few = st.integers(0, 15)
gender_wish = st.sampled_from([0b1111, 0b0001, 0b1101])
ages = st.none() | st.integers(16, 90)
weights = st.lists(st.integers(0, 4), min_size=7, max_size=8).map(tuple)
places = st.integers(-40_000, 40_000)
members = st.builds(
    MemberRow, id=st.just(1), langs=few, avail=few, modes=few, topics=few, key_topics=few, goals=few,
    identity=few, gender=st.integers(0, 3), accept_gender=gender_wish, age=ages, need_level=st.integers(0, 2),
    stage=st.integers(0, 3), x=places, y=places, max_km=st.integers(0, 255), weights=weights,
    safe_modes=few, consents=st.sampled_from([True, True, True, False]), age_band=st.sampled_from([0, 0, 0, 1]),
    person=st.integers(0, 3),
)  # fmt: skip
supporters = st.builds(
    SupporterRow, id=st.just(0), langs=few, avail=few, modes=few, topics=few, wish_topics=few,
    cannot=st.sampled_from([0, 0, 1, 6]), goals=few, identity=few, gender=st.integers(0, 3),
    accept_gender=gender_wish, age=ages, level=st.integers(0, 3), stage=st.integers(0, 3), x=places, y=places,
    max_km=st.integers(0, 255), free=st.integers(0, 2), paused=st.sampled_from([False, False, True]),
    consents=st.sampled_from([True, True, True, False]), age_band=st.sampled_from([0, 0, 0, 1]),
    person=st.integers(4, 9) | st.just(1),
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(members, st.lists(supporters, max_size=6), st.lists(st.tuples(few, few), max_size=3))
def test_columns_say_what_pairs_say(
    member: MemberRow, rows: list[SupporterRow], apart: list[tuple[int, int]]
) -> None:
    numbered = [replace(row, id=20 + at) for at, row in enumerate(rows)]
    pool = Pool([member], numbered, never_with=apart)
    expected = [score(member, row) if not rule_failures(member, row, pool) else -1 for row in numbered]
    assert scores(member, pool).tolist() == expected
    assert all(-1 <= fit <= 1000 for fit in expected)
