"""Who is served when places are short: in waiting order, and as many people as can be."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from companionway.reasoning.matching._candidates import NOBODY
from companionway.reasoning.matching._everyone import BLOCK, Everyone
from companionway.reasoning.matching._scores import tie

Ints = NDArray[np.int64]
Yes = NDArray[np.bool_]

_TOGETHER: Final = 256
"""People looked at together in a search: it often ends before the rest need to be."""


def waiting_order(member_ids: Ints, waited_days: Ints, *, bands: Ints | None = None) -> Ints:
    """Row numbers, first to be served first: smaller band, then longer wait, then a hash of the id.

    `bands` are the organisation's own, 0 first (say: urgent, then over 90 days, then everyone else).
    """
    hashed = np.array([tie(int(m), 0) for m in member_ids], np.int64)
    first = np.zeros(member_ids.size, np.int64) if bands is None else bands
    return np.lexsort((member_ids, hashed, -waited_days.astype(np.int64), first)).astype(np.int64)


def fit_order(everyone: Everyone, bands: Ints) -> Ints:
    """Row numbers, first to be served first: smaller band, then the better best score, then a hash of the id.

    For organisations that put the fit before the wait inside a band. People with nobody they may meet come last.
    """
    hashed = np.array([tie(int(m), 0) for m in everyone.members], np.int64)
    best = everyone.scores.max(axis=1, initial=-1).astype(np.int64)
    return np.lexsort((everyone.members, hashed, -best, bands)).astype(np.int64)


def served_in_order(everyone: Everyone, capacity: Ints, order: Ints) -> Ints:
    """Row numbers of those who can be served, in the given order.

    `capacity` has the free places of each of `everyone.supporters`; `order` has row numbers, each at most once.
    The sets of people who can be served together form a transversal matroid (Edmonds and Fulkerson 1965), so
    taking each in turn whenever room can be made serves the first in line first *and* as many people as any
    method could. Room is made by moving earlier people to another supporter they may meet, never by dropping one.
    """
    seat = seats_in_order(everyone, Reach(everyone), capacity[everyone.at], order)
    served: Ints = order[seat[order] != NOBODY]
    return served


class Reach:
    """For sets of people, everybody whom any of them may meet: one bit a pair, so that a search is quick."""

    def __init__(self, everyone: Everyone) -> None:
        self.scores = everyone.scores
        rows, self.columns = everyone.scores.shape
        self._bits = np.empty((rows, -(-self.columns // 8)), np.uint8)
        self.wanted_by = np.zeros(self.columns, np.int64)
        for start in range(0, rows, BLOCK):
            may = everyone.scores[start : start + BLOCK] >= 0
            self._bits[start : start + BLOCK] = np.packbits(may, axis=1)
            self.wanted_by += may.sum(axis=0)

    def of(self, rows: Ints) -> Yes:
        """True for each column that any of these rows may meet."""
        union = np.bitwise_or.reduce(self._bits[rows], axis=0)
        reached: Yes = np.unpackbits(union, count=self.columns).view(np.bool_)
        return reached


def seats_in_order(everyone: Everyone, reach: Reach, capacity: Ints, order: Ints) -> Ints:
    """A column for each row that is served, `NOBODY` for the others; `capacity` is one number a column."""
    seats = _Seats(reach, capacity)
    for row in order.tolist():
        seats.make_room_for(row)
    return seats.seat


class _Seats:
    """Who sits where, and how to move people up so that one more finds a seat."""

    def __init__(self, reach: Reach, capacity: Ints) -> None:
        self.reach = reach
        self.left = np.minimum(capacity, reach.wanted_by)
        self.scarcity = reach.wanted_by / np.maximum(capacity, 1)
        self.seat = np.full(len(reach.scores), NOBODY, np.int64)
        self.holders = np.full((capacity.size, int(self.left.max(initial=0))), NOBODY, np.int64)
        self.is_free = self.left > 0
        self.hopeless = np.zeros(capacity.size, np.bool_)

    def make_room_for(self, row: int) -> bool:
        """Seat this person if any moving about of the others allows it.

        Whoever has a choice takes the place that fewest others could take, so that few have to move later.
        """
        wanted = self.reach.scores[row] >= 0
        free = np.flatnonzero(wanted & self.is_free)
        if free.size:
            self._sit(row, int(free[np.argmin(self.scarcity[free])]))
            return True
        return self._move_up(row, wanted)

    def _move_up(self, row: int, wanted: Yes) -> bool:
        """Breadth-first search for a free seat, a level of supporters at a time.

        When there is none, every supporter reached stays without a free seat for good, however the others
        are moved later: those are not searched again.
        """
        level = np.flatnonzero(wanted & ~self.hopeless)
        seen = self.hopeless.copy()
        seen[level] = True
        came_by = np.full(seen.size, row, np.int64)
        while level.size:
            seated = self.holders[level].ravel()
            seated = seated[seated != NOBODY]
            found = []
            for start in range(0, seated.size, _TOGETHER):
                movers = seated[start : start + _TOGETHER]
                new = np.flatnonzero(self.reach.of(movers) & ~seen)
                if not new.size:
                    continue
                came_by[new] = movers[np.argmax(self.reach.scores[np.ix_(movers, new)] >= 0, axis=0)]
                seen[new] = True
                free = new[self.is_free[new]]
                if free.size:
                    self._shift(row, int(free[0]), came_by)
                    return True
                found.append(new)
            level = np.concatenate(found) if found else np.empty(0, np.intp)
        self.hopeless = seen
        return False

    def _shift(self, row: int, free: int, came_by: Ints) -> None:
        while (mover := int(came_by[free])) != row:
            left_behind = int(self.seat[mover])
            self._leave(mover)
            self._sit(mover, free)
            free = left_behind
        self._sit(row, free)

    def _sit(self, row: int, column: int) -> None:
        place = int(np.argmax(self.holders[column] == NOBODY))
        self.holders[column, place] = row
        self.left[column] -= 1
        self.is_free[column] = self.left[column] > 0
        self.seat[row] = column

    def _leave(self, row: int) -> None:
        column = int(self.seat[row])
        self.holders[column, self.holders[column] == row] = NOBODY
        self.left[column] += 1
        self.is_free[column] = True
