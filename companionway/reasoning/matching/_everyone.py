"""Everyone waiting beside every supporter with a place: all pairs there are, so that nothing is left unjudged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from companionway.reasoning.matching._candidates import NOBODY, Candidates
from companionway.reasoning.matching._grid import ScoreGrid
from companionway.reasoning.matching._pool import Pool
from companionway.reasoning.matching._scores import ties

BLOCK: Final = 64
"""Rows looked at together in one pass over all pairs."""


@dataclass(frozen=True, slots=True)
class Everyone:
    """The fit of every pair: row i belongs to `members[i]`, column c to `supporters[at[c]]`.

    `scores` are 0 to 1000, or -1 where a hard rule forbids the pair. Only supporters with a place in the pool
    have a column. Two bytes a pair: 320 MB for a national service (20,000 waiting, 8,000 with a place).
    """

    members: NDArray[np.int64]
    supporters: NDArray[np.int64]
    at: NDArray[np.int64]
    scores: NDArray[np.int16]
    n_admissible: NDArray[np.int64]
    pool_version: int

    def best(self, k: int) -> Candidates:
        """The `k` best of each row, equal scores in the order of `tie`: what `top_candidates` gives."""
        k = min(k, self.at.size)
        at = np.full((self.members.size, k), NOBODY, np.int32)
        kept = np.full((self.members.size, k), -1, np.int16)
        ids = self.supporters[self.at]
        for row, member in enumerate(self.members.tolist()):
            score = self.scores[row]
            few = (
                np.flatnonzero(score >= np.partition(score, -k)[-k])
                if k < score.size
                else np.arange(score.size)
            )
            few = few[score[few] >= 0]
            few = few[np.lexsort((few, -ties(member, ids[few]), -score[few]))[:k]]
            at[row, : few.size], kept[row, : few.size] = self.at[few], score[few]
        width = int((at != NOBODY).sum(axis=1).max(initial=0))
        return Candidates(
            self.members,
            self.supporters,
            at[:, :width].copy(),
            kept[:, :width].copy(),
            self.n_admissible,
            self.pool_version,
        )


def everyone(members: NDArray[np.int64], pool: Pool) -> Everyone:
    """The scores of these member ids against everybody in the pool with a free place.

    Raises `KeyError` for a member who is not in the pool.
    """
    grid = ScoreGrid(members, pool)
    scores = np.empty(grid.shape, np.int16)
    counts = np.zeros(members.size, np.int64)
    for rows, block in grid.blocks():
        scores[rows] = block
        counts[rows] = np.count_nonzero(block >= 0, axis=1)
    return Everyone(
        members.astype(np.int64), pool.supporter_ids, grid.at.astype(np.int64), scores, counts, pool.version
    )
