"""A few people for one member to choose from, ready for a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from companionway.reasoning.matching._pool import Pool
from companionway.reasoning.matching._reasons import SHIPPED_WORDS, Why, Words, explain
from companionway.reasoning.matching._rows import MemberRow
from companionway.reasoning.matching._rules import rule_failures
from companionway.reasoning.matching._scores import fits, score, ties

ShownBecause = Literal["best", "partner", "alternate"]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One supporter for one member, with the reasons best first.

    `shown_because` says "best" for the closest answers to what the member asked, "partner" for the one the
    whole proposal keeps a place with, "alternate" for one shown because closer ones are asked by many.
    """

    supporter_id: int
    score: int
    why: tuple[Why, ...]
    shown_because: ShownBecause


def suggest(
    member_id: int,
    pool: Pool,
    *,
    n: int = 5,
    prices: NDArray[np.int32] | None = None,
    words: Words = SHIPPED_WORDS,
) -> list[Suggestion]:
    """The `n` supporters who answer best what the member asked for, best first; never a forbidden one.

    `prices` (one per supporter in pool order, from `Assignment.prices`) lower the rank of supporters whose
    places many need; they never remove anybody, so an only admissible supporter is always shown. Equal
    ranks follow `tie`. Raises `KeyError` for a member who is not in the pool.
    """
    member = pool.members[member_id]
    at, fit = fits(member, pool)
    chosen = strongest(member, pool, at, fit, n)
    if prices is None:
        return [_suggestion(member, pool, int(at[c]), int(fit[c]), "best", words) for c in chosen]
    best = set(chosen.tolist())
    priced = strongest(member, pool, at, fit - prices[at], n)
    return [
        _suggestion(member, pool, int(at[c]), int(fit[c]), "best" if int(c) in best else "alternate", words)
        for c in priced
    ]


def listed(
    member_id: int,
    pool: Pool,
    supporter_ids: Sequence[int],
    *,
    partner: int | None = None,
    words: Words = SHIPPED_WORDS,
) -> list[Suggestion]:
    """A list made earlier (`suggestion_lists`), in its order, without anyone who may no longer be shown.

    The hard rules are asked again against this pool, so a block or a full caseload since then counts.
    """
    member = pool.members[member_id]
    rows = [pool.supporters[s] for s in supporter_ids if s in pool.supporters]
    at, fit = fits(member, pool)
    best = set(pool.supporter_ids[at[strongest(member, pool, at, fit, len(rows))]].tolist())
    return [
        Suggestion(
            row.id,
            score(member, row),
            explain(member, row, words=words),
            "partner" if row.id == partner else "best" if row.id in best else "alternate",
        )
        for row in rows
        if not rule_failures(member, row, pool)
    ]


def could_meet(supporter_id: int, waiting: Sequence[int], pool: Pool, *, n: int | None = None) -> list[int]:
    """The first `n` of these waiting member ids whom this supporter may be introduced to, in the same order.

    For a need shown to a supporter without a name: `explain(..., reader="supporter")` gives the words.
    Raises `KeyError` for somebody who is not in the pool.
    """
    supporter = pool.supporters[supporter_id]
    fitting = (m for m in waiting if not rule_failures(pool.members[m], supporter, pool))
    return list(islice(fitting, n))


def strongest(
    member: MemberRow, pool: Pool, at: NDArray[np.intp], rank: NDArray[np.int32], n: int
) -> NDArray[np.intp]:
    """Which of these supporters (numbers in `at`) rank highest, first one first: rank, then tie, then id."""
    if n <= 0:
        return np.empty(0, np.intp)
    few = np.arange(at.size)
    if at.size > n:
        few = np.flatnonzero(rank >= np.partition(rank, at.size - n)[at.size - n])
    hashed = ties(member.id, pool.supporter_ids[at[few]])
    return few[np.lexsort((at[few], -hashed, -rank[few]))[:n]]


def _suggestion(
    member: MemberRow, pool: Pool, at: int, fit: int, because: ShownBecause, words: Words
) -> Suggestion:
    supporter = pool.supporters[int(pool.supporter_ids[at])]
    return Suggestion(supporter.id, fit, explain(member, supporter, words=words), because)
