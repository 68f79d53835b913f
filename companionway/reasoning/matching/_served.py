"""Who is served when places are short: in waiting order, and as many people as can be."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from companionway.reasoning.matching._candidates import NOBODY, Candidates
from companionway.reasoning.matching._scores import tie


def waiting_order(
    member_ids: NDArray[np.int64],
    waited_days: NDArray[np.int64],
    *,
    bands: NDArray[np.int64] | None = None,
) -> NDArray[np.int64]:
    """Row numbers, first to be served first: smaller band, then longer wait, then a hash of the id.

    `bands` are the organisation's own, 0 first (say: urgent, then over 90 days, then everyone else).
    """
    hashed = np.array([tie(int(m), 0) for m in member_ids], np.int64)
    first = np.zeros(member_ids.size, np.int64) if bands is None else bands
    return np.lexsort((member_ids, hashed, -waited_days.astype(np.int64), first)).astype(np.int64)


def served_in_order(
    candidates: Candidates, capacity: NDArray[np.int64], order: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Row numbers of those who can be served, in the given order.

    `capacity` has the free places of each of `candidates.supporters`; `order` has row numbers, each at
    most once. The sets of people who can be served together form a transversal matroid (Edmonds and
    Fulkerson 1965), so taking each in turn whenever room can be made serves the first in line first *and*
    as many people as any method could. Room is made by moving earlier people to another of their
    candidates, never by dropping one.
    """
    seats = _Seats(candidates, capacity)
    return np.array([row for row in order.tolist() if seats.make_room_for(row)], np.int64)


class _Seats:
    """Who sits where, and how to move people up so that one more finds a seat."""

    def __init__(self, candidates: Candidates, capacity: NDArray[np.int64]) -> None:
        people, supporters = candidates.at.shape[0], candidates.supporters.size
        wanted = np.bincount(candidates.at[candidates.at != NOBODY], minlength=supporters)
        self.at = candidates.at
        self.left = np.minimum(capacity, wanted)
        self.seat = np.full(people, NOBODY, np.int64)
        self.holders = np.full((supporters, int(self.left.max(initial=0))), NOBODY, np.int64)
        self.hopeless = np.zeros(supporters, np.bool_)
        self.came_by = np.full(supporters, NOBODY, np.int64)

    def make_room_for(self, row: int) -> bool:
        """Seat this person if any moving about of the others allows it."""
        wanted = self.at[row]
        wanted = wanted[wanted != NOBODY]
        free = wanted[self.left[wanted] > 0]
        if free.size:
            self._sit(row, int(free[0]))
            return True
        return self._move_up(row, wanted)

    def _move_up(self, row: int, wanted: NDArray[np.int32]) -> bool:
        """Breadth-first search for a free seat, a level of supporters at a time.

        When there is none, every supporter reached stays without a free seat for good, however the others
        are moved later: those are not searched again.
        """
        seen = self.hopeless.copy()
        level = wanted[~seen[wanted]].astype(np.int64)
        self.came_by[level] = row
        seen[level] = True
        while level.size:
            free = level[self.left[level] > 0]
            if free.size:
                self._shift(row, int(free[0]))
                return True
            seated = self.holders[level].ravel()
            seated = seated[seated != NOBODY]
            others = self.at[seated]
            movers, places = np.nonzero((others != NOBODY) & ~seen[others])
            reached = others[movers, places]
            self.came_by[reached] = seated[movers]
            before = seen.copy()
            seen[reached] = True
            level = np.flatnonzero(seen > before)
        self.hopeless = seen
        return False

    def _shift(self, row: int, free: int) -> None:
        mover = int(self.came_by[free])
        while mover != row:
            left_behind = int(self.seat[mover])
            self._leave(mover)
            self._sit(mover, free)
            free = left_behind
            mover = int(self.came_by[free])
        self._sit(row, free)

    def _sit(self, row: int, supporter: int) -> None:
        place = int(np.argmax(self.holders[supporter] == NOBODY))
        self.holders[supporter, place] = row
        self.left[supporter] -= 1
        self.seat[row] = supporter

    def _leave(self, row: int) -> None:
        supporter = int(self.seat[row])
        self.holders[supporter, self.holders[supporter] == row] = NOBODY
        self.left[supporter] += 1
