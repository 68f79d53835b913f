"""Reports: nobody without a match is dropped, small groups stay hidden, passing over is always named."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from companionway.reasoning.matching import (
    NEVER_RELAXED,
    SMALLEST_GROUP,
    Assignment,
    MemberRow,
    Pool,
    Rule,
    SupporterRow,
    assign,
    everyone,
    fairness,
    passed_over,
    recruitment_need,
    unmatched_report,
)
from tests.reasoning.populations import Population, population

ASH = MemberRow(id=1, langs=1, avail=1, modes=1, consents=True, person=101)
ROBIN = SupporterRow(id=11, langs=1, avail=1, modes=1, free=1, consents=True)


def complete(people: Population) -> Assignment:
    pool = people.pool
    return assign(people.everyone, pool.free, people.order)


def test_people_whom_nobody_fits_are_reported_with_the_nearest_rule() -> None:
    people = population("desert")
    pool = people.pool
    report = unmatched_report(people.waiting.tolist(), pool)
    alone = people.waiting[people.everyone.n_admissible == 0]
    assert [row.member_id for row in report] == alone.tolist()
    need = recruitment_need(report)
    assert next(iter(need)) is Rule.LANGUAGE
    assert sum(need.values()) == len(report) > 40


def test_one_rule_opens_the_supporters_who_break_it_alone() -> None:
    supporters = [
        replace(ROBIN, id=11, free=0),
        replace(ROBIN, id=12, langs=2),
        replace(ROBIN, id=13, langs=2),
        replace(ROBIN, id=14, langs=2, free=0),
    ]
    (row,) = unmatched_report([1], Pool([ASH], supporters))
    assert dict(row.opens) == {Rule.LANGUAGE: 2, Rule.CAPACITY: 1}
    assert row.nearest is Rule.LANGUAGE


def test_no_report_suggests_relaxing_what_protects_somebody() -> None:
    protected = [
        replace(ROBIN, id=11, consents=False),
        replace(ROBIN, id=12, age_band=1),
        replace(ROBIN, id=13, person=101),
        replace(ROBIN, id=14, modes=2),
    ]
    ash = replace(ASH, modes=3, safe_modes=1)
    (row,) = unmatched_report([1], Pool([ash], protected, never_with=[(101, 11)]))
    assert (dict(row.opens), row.nearest) == ({}, None)
    assert not NEVER_RELAXED & set(row.opens)


def test_a_group_under_eight_is_never_described_nor_its_complement() -> None:
    made = complete(population("charity"))
    n = made.members.size
    sizes = {"seven": 7, "eight": 8, "all_but_7": n - 7, "all_but_8": n - 8}
    groups = {name: np.arange(n) < size for name, size in sizes.items()}
    report = fairness(made, groups, waited_days=population("charity").waited_days)
    for hidden in ("seven", "all_but_7"):
        row = report.groups[hidden]
        assert {getattr(row, field) for field in row.__slots__} == {None}
    assert report.groups["eight"].n == 10
    assert report.groups["all_but_8"].n is not None
    assert SMALLEST_GROUP == 8


def test_counts_are_rounded_and_shares_are_of_those_who_could_be_served() -> None:
    people = population("trust")
    made = complete(people)
    everyone = fairness(made, {}, waited_days=people.waited_days).everybody
    servable = made.n_admissible > 0
    share = made.served.sum() / servable.sum()
    assert everyone.n == 1210 != made.members.size
    assert everyone.served == round(float(share), 2)
    assert everyone.low is not None and everyone.high is not None
    assert everyone.low <= everyone.served <= everyone.high
    assert (everyone.ratio, everyone.fit) == (1.0, round(float(made.scores[made.served].mean())))
    assert everyone.waited_days == round(float(people.waited_days.mean()))


def test_a_group_served_less_shows_it() -> None:
    people = population("scarce")
    made = complete(people)
    newest = people.waited_days < 20
    report = fairness(made, {"newest": newest, "waited": ~newest})
    assert (report.groups["newest"].ratio or 0) < 0.1
    assert (report.groups["waited"].ratio or 0) > 1


def test_a_tiny_service_says_nothing_about_anybody() -> None:
    supporter = replace(ROBIN, free=7)
    pool = Pool([replace(ASH, id=i, person=100 + i) for i in range(7)], [supporter])
    everybody = everyone(np.arange(7), pool)
    report = fairness(assign(everybody, pool.free, np.arange(7)), {"some": np.ones(7, np.bool_)})
    assert report.everybody.n is None
    assert report.groups["some"].n is None


def test_our_own_proposal_passes_nobody_over() -> None:
    people = population("scarce")
    pool = people.pool
    waiting = people.waiting[people.order].tolist()
    made = complete(people)
    assert not made.served.all()
    assert passed_over(made.pairs(), waiting, pool) == []


def test_taking_the_easiest_to_please_passes_people_over() -> None:
    """First come by the best fit alone, with no regard to the wait."""
    people = population("scarce")
    pool = people.pool
    waiting = people.waiting[people.order].tolist()
    row, supporter, fit = people.everyone.best(60).edges()
    left, taken, pairs = pool.free.copy(), set(), []
    for edge in np.argsort(-fit, kind="stable").tolist():
        if row[edge] not in taken and left[supporter[edge]]:
            left[supporter[edge]] -= 1
            taken.add(row[edge])
            pairs.append((int(people.waiting[row[edge]]), int(pool.supporter_ids[supporter[edge]])))
    report = passed_over(pairs, waiting, pool)
    assert len(report) > 100
    assert [p.member_id for p in report] == sorted((p.member_id for p in report), key=waiting.index)


def test_one_introduction_names_those_who_wait_longer_and_could_have_come() -> None:
    people = [replace(ASH, id=i, person=100 + i) for i in range(1, 5)]
    people[1] = replace(people[1], langs=2)
    pool = Pool(people, [ROBIN, replace(ROBIN, id=12)], never_with=[(103, 11)])
    (only,) = passed_over([(4, 11)], [1, 2, 3, 4], pool)
    assert (only.member_id, only.supporter_ids, only.in_favour_of) == (1, (11,), (4,))
    assert passed_over([(1, 11)], [1, 2, 3, 4], pool) == []
    assert passed_over([(1, 11), (4, 11)], [1, 2, 3, 4], pool) == []
    assert [p.member_id for p in passed_over([(4, 12)], [1, 2, 3, 4], pool)] == [1, 3]
    assert [p.member_id for p in passed_over([(4, 12)], [1, 2, 3], pool)] == [1, 3]
