"""For everyone waiting, the supporters they could be introduced to: the graph that the proposals use."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from companionway.reasoning.matching._pool import Pool
from companionway.reasoning.matching._scores import fits
from companionway.reasoning.matching._suggest import strongest

NOBODY = -1


@dataclass(frozen=True, slots=True)
class Candidates:
    """Row i belongs to `members[i]`: its best supporters, best first, then `NOBODY` to the row's end.

    `at` holds positions in `supporters` (the pool's supporter ids), `scores` the fit of each (-1 at the
    end). `n_admissible` counts all admissible supporters with a place, also those beyond the row's length.
    """

    members: NDArray[np.int64]
    supporters: NDArray[np.int64]
    at: NDArray[np.int32]
    scores: NDArray[np.int16]
    n_admissible: NDArray[np.int64]
    pool_version: int

    @property
    def ids(self) -> NDArray[np.int64]:
        """Supporter ids in place of positions; `NOBODY` to each row's end."""
        if not self.supporters.size:
            return np.full(self.at.shape, NOBODY, np.int64)
        return np.where(self.at == NOBODY, NOBODY, self.supporters[self.at])

    @property
    def is_complete(self) -> bool:
        """True if no admissible supporter was left out of any row."""
        return bool((self.n_admissible <= (self.at != NOBODY).sum(axis=1)).all())

    def edges(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """All pairs as three columns: row, supporter position, score."""
        row, place = np.nonzero(self.at != NOBODY)
        return (
            row.astype(np.int64),
            self.at[row, place].astype(np.int64),
            self.scores[row, place].astype(np.int64),
        )


def top_candidates(
    members: NDArray[np.int64], pool: Pool, k: int, *, prices: NDArray[np.int32] | None = None
) -> Candidates:
    """The `k` best admissible supporters with a free place for each of these member ids.

    `k` of at least the number of supporters leaves nobody out, so that proposals are the best over all
    pairs. About 1 in 100 people go without a match nationally at k=60 who need not. `prices` rank as
    in `suggest`. Raises `KeyError` for a member who is not in the pool.
    """
    k = min(k, pool.size)
    at = np.full((members.size, k), NOBODY, np.int32)
    kept = np.full((members.size, k), -1, np.int16)
    counts = np.zeros(members.size, np.int64)
    for row, member_id in enumerate(members.tolist()):
        member = pool.members[member_id]
        found, fit = fits(member, pool)
        counts[row] = found.size
        chosen = strongest(member, pool, found, fit if prices is None else fit - prices[found], k)
        at[row, : chosen.size] = found[chosen]
        kept[row, : chosen.size] = fit[chosen]
    width = int((at != NOBODY).sum(axis=1).max(initial=0))
    return Candidates(
        members.astype(np.int64),
        pool.supporter_ids,
        at[:, :width].copy(),
        kept[:, :width].copy(),
        counts,
        pool.version,
    )
