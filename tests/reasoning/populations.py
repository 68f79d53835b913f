"""Seeded populations as rows for the engine and as bare numbers for the oracle."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from companionway.reasoning.matching import (
    Candidates,
    Everyone,
    MemberRow,
    Pool,
    SupporterRow,
    everyone,
    top_candidates,
    waiting_order,
)
from tests.reasoning.drawing import PRESETS, Columns, Params, draw

OTHER_PEOPLE = 10_000_000
"""Added to a supporter's number to name the human being, so that member 5 and supporter 5 are two people."""


class Seeker(NamedTuple):
    """One member as bare numbers, for the oracle."""

    number: int
    x: int
    y: int
    gender: int
    age: int
    accept_gender: int
    topics: int
    key_topics: int
    identity: int
    goals: int
    langs: int
    modes: int
    avail: int
    max_km: int
    need_level: int
    weights: tuple[int, ...]


class Helper(NamedTuple):
    """One supporter as bare numbers, for the oracle."""

    number: int
    x: int
    y: int
    gender: int
    age: int
    accept_gender: int
    topics: int
    cannot: int
    wish_topics: int
    identity: int
    goals: int
    langs: int
    modes: int
    avail: int
    max_km: int
    level: int


@dataclass(frozen=True)
class Population:
    columns: Columns
    seekers: list[Seeker]
    helpers: list[Helper]
    blocked: frozenset[tuple[int, int]]
    _candidates: dict[int, Candidates] = field(default_factory=dict)

    @property
    def waiting(self) -> NDArray[np.int64]:
        return np.flatnonzero(self.columns["m_waiting"]).astype(np.int64)

    @property
    def waited_days(self) -> NDArray[np.int64]:
        days: NDArray[np.int64] = self.columns["m_wait_days"][self.waiting].astype(np.int64)
        return days

    @cached_property
    def pool(self) -> Pool:
        return self.fresh_pool()

    def candidates(self, k: int) -> Candidates:
        """Everyone's `k` best, worked out once."""
        if k not in self._candidates:
            self._candidates[k] = top_candidates(self.waiting, self.pool, k)
        return self._candidates[k]

    @cached_property
    def everyone(self) -> Everyone:
        """All pairs there are, worked out once."""
        return everyone(self.waiting, self.pool)

    @cached_property
    def order(self) -> NDArray[np.int64]:
        return waiting_order(self.waiting, self.waited_days)

    def fresh_pool(self) -> Pool:
        return Pool(
            [MemberRow(id=s.number, consents=True, **_fields(s)) for s in self.seekers],
            [
                SupporterRow(
                    id=h.number, consents=True, free=int(free), person=OTHER_PEOPLE + h.number, **_fields(h)
                )
                for h, free in zip(self.helpers, self.columns["s_free"], strict=True)
            ],
            blocked=self.blocked,
        )


@cache
def population(preset: str) -> Population:
    return build(PRESETS[preset])


def build(params: Params) -> Population:
    columns = draw(params)
    pairs = frozenset((int(i), int(j)) for i, j in columns["blocked"])
    wishes = [tuple(row) for row in columns["m_weights"].tolist()]
    bare = _bare(columns, "m", Seeker._fields[3:-1])
    seekers = [Seeker._make((*row, wish)) for row, wish in zip(bare, wishes, strict=True)]
    helpers = [Helper(*row) for row in _bare(columns, "s", Helper._fields[3:])]
    return Population(columns, seekers, helpers, pairs)


def _bare(columns: Columns, who: str, names: tuple[str, ...]) -> list[tuple[Any, ...]]:
    x, y = ([round(float(v) * 100) for v in columns[f"{who}_xy"][:, axis]] for axis in (0, 1))
    return list(zip(range(len(x)), x, y, *(columns[f"{who}_{name}"].tolist() for name in names), strict=True))


def _fields(person: Seeker | Helper) -> dict[str, Any]:
    fields = person._asdict()
    del fields["number"]
    return fields
