"""What the service has to know about its matching: who nobody fits, and whether some groups fare worse."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from companionway.reasoning.matching._assignment import Assignment
from companionway.reasoning.matching._pool import Pool
from companionway.reasoning.matching._rules import NEVER_RELAXED, Rule, admissible, rule_failures

SMALLEST_GROUP: Final = 8
"""Fewer people than this are never described: somebody could be recognised."""
_ROUND_TO: Final = 5
_Z95: Final = 1.959964


@dataclass(frozen=True, slots=True)
class NoCandidate:
    """A member whom no supporter fits, with how many would fit if one single rule were met.

    `opens` has, for each rule that may be talked about, the number of supporters who break that rule alone.
    `nearest` is the rule that opens most, None if no single one opens any. For staff only.
    """

    member_id: int
    opens: Mapping[Rule, int]
    nearest: Rule | None


@dataclass(frozen=True, slots=True)
class GroupFairness:
    """How one group fared, rounded so that nobody can be singled out; None where too few to say.

    `n` is to the nearest 5. `servable` is the share with any admissible supporter, `served` the share of
    those who got a proposal with `low` and `high` its 95 % Wilson (1927) interval, `ratio` that share over
    the share of everybody. `fit` is the mean score of those served, `waited_days` the mean wait so far.
    """

    n: int | None
    servable: float | None = None
    served: float | None = None
    low: float | None = None
    high: float | None = None
    ratio: float | None = None
    fit: int | None = None
    waited_days: int | None = None


@dataclass(frozen=True, slots=True)
class FairnessReport:
    """The whole waiting list and each group; a group is hidden if it or those outside it are under 8."""

    everybody: GroupFairness
    groups: Mapping[str, GroupFairness]


def unmatched_report(members: Iterable[int], pool: Pool) -> list[NoCandidate]:
    """Those of the member ids whom no supporter with a free place fits, and which rule is nearest.

    A need to recruit or train, or a question to ask the member: never a reason to drop anybody. Rules that
    protect people (consent, never-with, age band, safe contact) are not offered for relaxing.
    """
    report = []
    for member_id in members:
        member = pool.members[member_id]
        if admissible(member, pool).any():
            continue
        broken = (rule_failures(member, supporter, pool) for supporter in pool.supporters.values())
        opens = Counter(rules[0] for rules in broken if len(rules) == 1 and rules[0] not in NEVER_RELAXED)
        in_order = sorted(opens.items(), key=lambda item: (-item[1], item[0]))
        report.append(NoCandidate(member_id, dict(in_order), in_order[0][0] if in_order else None))
    return report


def recruitment_need(report: Iterable[NoCandidate]) -> dict[Rule | None, int]:
    """How many unmatched members each rule would help most, most first; None for "no single rule"."""
    return dict(Counter(row.nearest for row in report).most_common())


def fairness(
    assignment: Assignment,
    groups: Mapping[str, NDArray[np.bool_]],
    *,
    waited_days: NDArray[np.int64] | None = None,
) -> FairnessReport:
    """Who is served, how well and after how long, by group (a flag for each row of the assignment).

    Shares are of people who have any admissible supporter, so that a proposal is not blamed for a missing
    supporter. Counts under 8 are never shown, nor is a group that leaves fewer than 8 people outside it,
    since subtracting would show those. Shown counts are rounded to 5 and shares to whole per cents.
    """
    everyone = np.ones(assignment.members.size, np.bool_)
    overall = _served_share(assignment, everyone)
    rows = {
        name: _group(assignment, flags, overall, waited_days)
        if _may_be_shown(flags)
        else GroupFairness(n=None)
        for name, flags in groups.items()
    }
    whole = (
        _group(assignment, everyone, overall, waited_days)
        if everyone.size >= SMALLEST_GROUP
        else GroupFairness(n=None)
    )
    return FairnessReport(whole, rows)


def _may_be_shown(flags: NDArray[np.bool_]) -> bool:
    inside = int(flags.sum())
    outside = flags.size - inside
    return inside >= SMALLEST_GROUP and (outside == 0 or outside >= SMALLEST_GROUP)


def _group(
    assignment: Assignment,
    flags: NDArray[np.bool_],
    overall: float | None,
    waited_days: NDArray[np.int64] | None,
) -> GroupFairness:
    n = int(flags.sum())
    servable = flags & (assignment.n_admissible > 0)
    served = flags & assignment.served
    share = _served_share(assignment, flags)
    low, high = _wilson(int(served.sum()), int(servable.sum()))
    return GroupFairness(
        n=_ROUND_TO * round(n / _ROUND_TO),
        servable=round(int(servable.sum()) / n, 2),
        served=None if share is None else round(share, 2),
        low=low,
        high=high,
        ratio=round(share / overall, 2) if share is not None and overall else None,
        fit=_mean(assignment.scores, served),
        waited_days=None if waited_days is None else _mean(waited_days, flags),
    )


def _served_share(assignment: Assignment, flags: NDArray[np.bool_]) -> float | None:
    servable = int((flags & (assignment.n_admissible > 0)).sum())
    if servable < SMALLEST_GROUP:
        return None
    return int((flags & assignment.served).sum()) / servable


def _mean(values: NDArray[np.int64] | NDArray[np.int16], flags: NDArray[np.bool_]) -> int | None:
    if int(flags.sum()) < SMALLEST_GROUP:
        return None
    return round(float(values[flags].mean()))


def _wilson(k: int, n: int) -> tuple[float | None, float | None]:
    if n < SMALLEST_GROUP:
        return None, None
    p, z2 = k / n, _Z95 * _Z95
    middle = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = _Z95 / (1 + z2 / n) * sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    return round(max(0.0, middle - half), 2), round(min(1.0, middle + half), 2)
