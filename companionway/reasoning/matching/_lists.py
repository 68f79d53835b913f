"""Lists to choose from for everyone at once, so that nobody's is full of people whom everybody is offered."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from companionway.reasoning.matching._assignment import Assignment
from companionway.reasoning.matching._candidates import NOBODY
from companionway.reasoning.matching._everyone import Everyone
from companionway.reasoning.matching._scores import ties

Ints = NDArray[np.int64]

_DEAREST: Final = 15_000
_LAST: Final = np.int16(-20_000)


def suggestion_lists(
    everyone: Everyone,
    capacity: Ints,
    *,
    length: int = 5,
    exposure: int | None = None,
    first: Assignment | None = None,
) -> Ints:
    """Up to `length` supporter ids for each member, in the order to show them; `NOBODY` fills up a row.

    `capacity` has the free places of each of `everyone.supporters`. Lists are filled in rounds: everyone has a
    first suggestion before anyone has a second, and whoever has the fewest to choose from chooses first. In each
    round every free place is shown as often as every other (and at most `exposure` times in all): that is what
    keeps the many from being shown the same few. The partner in `first` leads the list; its prices steer the
    rest away from places that others need more. Whoever may meet anybody has a list, even beyond the share.
    """
    places = capacity[everyone.at].astype(np.int64)
    lists = _Lists(everyone, np.zeros(places.size, np.int64) if first is None else first.prices[everyone.at])
    lead = np.full(everyone.members.size, NOBODY, np.int64)
    if first is not None:
        column = np.full(everyone.supporters.size + 1, NOBODY, np.int64)
        column[everyone.at] = np.arange(everyone.at.size)
        lead = column[first.partner]
        for row in np.flatnonzero(lead != NOBODY).tolist():
            lists.add(row, int(lead[row]))
    turn = np.argsort(everyone.n_admissible, kind="stable")
    turn = turn[everyone.n_admissible[turn] > 0].tolist()
    share = len(turn) / max(1, int(places.sum()))
    rounding = ties(0, everyone.supporters[everyone.at]) / (1 << 16)
    for size in range(1, length + 1):
        limit = np.floor(size * share * places + rounding).astype(np.int64)
        if exposure is not None:
            limit = np.minimum(limit, exposure * places)
        lists.fill(turn, size, limit)
    return lists.in_order(lead, length)


def exposure_gini(lists: Ints, supporters: Ints, capacity: Ints) -> float:
    """How unevenly places are shown: 0 if each free place is on as many lists, towards 1 if few get all.

    Gini coefficient of lists per place, each supporter weighing as many as their places.
    """
    shown = np.bincount(np.searchsorted(supporters, lists[lists != NOBODY]), minlength=supporters.size)
    offering = capacity > 0
    per_place = np.repeat(shown[offering] / capacity[offering], capacity[offering])
    if not per_place.sum():
        return 0.0
    ranked = np.sort(per_place)
    n = ranked.size
    return float((2 * np.arange(1, n + 1) - n - 1) @ ranked / (n * ranked.sum()))


class _Lists:
    """The lists as they grow, and how often each column is on one."""

    def __init__(self, everyone: Everyone, price: NDArray[np.int64] | NDArray[np.int32]) -> None:
        self.everyone = everyone
        self.price = np.minimum(price, _DEAREST).astype(np.int16)
        self.chosen: list[list[int]] = [[] for _ in range(everyone.members.size)]
        self.shown = np.zeros(everyone.at.size, np.int64)

    def add(self, row: int, column: int) -> None:
        self.chosen[row].append(column)
        self.shown[column] += 1

    def fill(self, turn: list[int], size: int, limit: Ints) -> None:
        """Bring each list in turn to this size, as long as somebody they may meet is under the limit."""
        is_open = self.shown < limit
        for row in turn:
            while len(self.chosen[row]) < size:
                column = self._best(row, is_open)
                if column is None and not self.chosen[row]:
                    column = self._best(row, np.ones(is_open.size, np.bool_))
                if column is None:
                    break
                self.add(row, column)
                is_open[column] = self.shown[column] < limit[column]

    def _best(self, row: int, is_open: NDArray[np.bool_]) -> int | None:
        scores = self.everyone.scores[row]
        worth = np.where(is_open & (scores >= 0), scores - self.price, _LAST)
        worth[self.chosen[row]] = _LAST
        best = int(worth.argmax())
        return best if worth[best] > _LAST else None

    def in_order(self, lead: Ints, length: int) -> Ints:
        """Supporter ids: who leads first, then by fit."""
        lists = np.full((len(self.chosen), length), NOBODY, np.int64)
        ids = self.everyone.supporters[self.everyone.at]
        for row, columns in enumerate(self.chosen):
            scores = self.everyone.scores[row]
            ranked = sorted(columns, key=lambda column: (column != lead[row], -int(scores[column]), column))
            lists[row, : len(ranked)] = ids[ranked[:length]]
        return lists
