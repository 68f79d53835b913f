"""The fit of everyone waiting with every supporter at once: exactly `scores`, a block of rows at a time.

Sums of shared answers are products of matrices of zeros and ones, which is the one thing that NumPy does at
the speed of the machine. Whole numbers below 2**53 (2**24 where things are only counted) are exact in
floating point, so every score is the same as the one `score` gives.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from companionway.reasoning.matching._pool import Pool
from companionway.reasoning.matching._rows import (
    AGE_SPAN,
    HOURS_ENOUGH,
    IN_PERSON,
    INTERESTS_ENOUGH,
    REASONS,
    MemberRow,
)
from companionway.reasoning.matching._rules import near_bands
from companionway.reasoning.matching._scores import coefficients

_ROWS: Final = 32
"""Rows in a block: few enough that a block stays in the processor's own memory."""
_CLASH: Final = 64
"""At least the hours in a week: one topic a supporter cannot support outweighs every hour in common."""
_NO_AGE: Final = -1000
_NONE: Final[NDArray[np.intp]] = np.empty(0, np.intp)

Mask = NDArray[np.uint64]
Whole = NDArray[np.int32]
Yes = NDArray[np.bool_]


class ScoreGrid:
    """These members against the supporters of the pool who have a place (`at`: their positions in it).

    Raises `KeyError` for a member who is not in the pool.
    """

    def __init__(self, members: NDArray[np.int64], pool: Pool) -> None:
        self.at = np.flatnonzero(pool.has_place)
        self.shape = (members.size, self.at.size)
        self._pool = pool
        self._rows = [pool.members[m] for m in members.tolist()]
        self._worth = np.array([coefficients(row) for row in self._rows], np.int32).reshape(-1, len(REASONS))
        self._lay_out_counts()
        self._lay_out_sums()
        self._lay_out_ages()
        self._lay_out_rules()
        self._lay_out_places()

    def blocks(self) -> Iterator[tuple[slice, NDArray[np.int16]]]:
        """Each block's row numbers and its scores, 0 to 1000, or -1 where a hard rule forbids the pair."""
        if not self.at.size:
            return
        work = _Work(min(_ROWS, self.shape[0]), self.at.size)
        for start in range(0, self.shape[0], _ROWS):
            rows = slice(start, min(start + _ROWS, self.shape[0]))
            yield rows, self._block(rows, work.rows(rows.stop - rows.start))

    def _block(self, rows: slice, work: _Work) -> NDArray[np.int16]:
        np.matmul(self._sums_of(rows), self._sums, out=work.sums)
        np.copyto(work.total, work.sums, casting="unsafe")
        np.matmul(self._hours_of[rows], self._hours, out=work.counts)
        np.greater(work.counts, 0, out=work.allowed)
        work.add_at_most(HOURS_ENOUGH, self._worth[rows, 1])
        np.matmul(self._topics_of[rows], self._wishes, out=work.counts)
        work.add_at_most(INTERESTS_ENOUGH, self._worth[rows, 6])
        np.take(self._closeness, self._age_of[rows], axis=0, out=work.term, mode="clip")
        work.add_times(self._worth[rows, 4])
        for which, answers in self._shared_rules:
            work.allowed &= answers[which[rows]]
        allowed = work.allowed & self._from_afar[self._ways_of[rows]]
        for row in range(rows.start, rows.stop):
            here = row - rows.start
            meet = self._meet(row, work.total[here])
            allowed[here, meet] = work.allowed[here, meet]
            allowed[here, self._apart(row)] = False
        work.total >>= 16
        scores = work.total.astype(np.int16)
        scores |= allowed.astype(np.int16) - np.int16(1)
        return scores

    def _meet(self, row: int, total: Whole) -> NDArray[np.intp]:
        """Add the points for nearness, and give the columns of those whom this member could meet in person."""
        member = self._rows[row]
        if not member.usable_modes & IN_PERSON:
            return _NONE
        reach = member.max_km * 100
        start, stop = np.searchsorted(self._x, (member.x - reach, member.x + reach + 1))
        near = self._by_x[start:stop]
        band = near_bands(member, self._pool, self.at[near])
        near, band = near[band > 0], band[band > 0]
        total[near] += band * self._worth[row, 5]
        return near

    def _apart(self, row: int) -> NDArray[np.intp]:
        apart = self._pool.kept_apart(self._rows[row])
        return self._column[apart[self._pool.has_place[apart]]] if apart.size else _NONE

    def _lay_out_counts(self) -> None:
        """Common hours with clashing topics taken off, and topics the supporter would like to talk about."""
        topics, pool = self._masks(lambda row: row.topics), self._pool
        of_avail, avail = _bits([self._masks(lambda row: row.avail)], pool.avail[self.at])
        of_cannot, cannot = _bits([topics], pool.cannot[self.at])
        of_wish, wish = _bits([topics], pool.wish_topics[self.at])
        self._hours_of = np.hstack([of_avail, -_CLASH * of_cannot]).astype(np.float32)
        self._hours = np.ascontiguousarray(np.hstack([avail, cannot]).T, np.float32)
        self._topics_of = of_wish.astype(np.float32)
        self._wishes = np.ascontiguousarray(wish.T, np.float32)

    def _lay_out_sums(self) -> None:
        """Reasons whose points add up one by one: experiences, hopes, identity, and being further along."""
        pool, at = self._pool, self.at
        asked = [self._masks(lambda row: row.topics), self._masks(lambda row: row.key_topics)]
        stages = np.unique(pool.stage[at])
        mine = np.array([row.stage for row in self._rows], np.int32)
        by_reason = {
            0: _bits(asked, pool.topics[at]),
            2: _bits([self._masks(lambda row: row.goals)], pool.goals[at]),
            3: _bits([self._masks(lambda row: row.identity)], pool.identity[at]),
            7: (stages > mine[:, None], pool.stage[at, None] == stages),
        }
        in_use = {reason: sides for reason, sides in by_reason.items() if self._worth[:, reason].any()}
        self._answers = [(reason, np.asarray(of, np.float64)) for reason, (of, _) in in_use.items()]
        against = [np.zeros((at.size, 0)), *(theirs for _, theirs in in_use.values())]
        self._sums = np.ascontiguousarray(np.hstack(against).T, np.float64)

    def _sums_of(self, rows: slice) -> NDArray[np.float64]:
        worth = self._worth[rows].astype(np.float64)
        parts = [of[rows] * worth[:, reason, None] for reason, of in self._answers]
        return np.hstack([np.zeros((worth.shape[0], 0)), *parts])

    def _lay_out_ages(self) -> None:
        """For every age among the members, how close each supporter's is."""
        ages = np.array([_NO_AGE if row.age is None else row.age for row in self._rows], np.int32)
        known, self._age_of = np.unique(ages, return_inverse=True)
        apart = np.abs(self._pool.age[self.at] - known[:, None])
        self._closeness = np.maximum(AGE_SPAN - apart, 0).astype(np.int32)

    def _lay_out_rules(self) -> None:
        """Rules to which many members have the same answer: each different question is asked once."""
        pool, at = self._pool, self.at

        def standing(row: MemberRow) -> Yes:
            asked = row.gender, row.accept_gender, row.need_level, row.age_band
            answer: Yes = pool.standing(*asked)[at] & row.consents
            return answer

        def ways(row: MemberRow) -> int:
            return row.usable_modes & ~IN_PERSON

        in_person: Yes = (pool.modes[at] & np.uint8(IN_PERSON)) != 0
        self._shared_rules = [
            self._asked_once(
                lambda row: (row.gender, row.accept_gender, row.need_level, row.age_band, row.consents),
                standing,
            ),
            self._asked_once(lambda row: row.langs, lambda row: (pool.langs[at] & np.uint64(row.langs)) != 0),
        ]
        self._ways_of, self._from_afar = self._asked_once(
            ways, lambda row: (pool.modes[at] & np.uint8(ways(row))) != 0
        )
        self._offers_meeting = in_person

    def _lay_out_places(self) -> None:
        pool = self._pool
        self._column = np.full(pool.size, -1, np.intp)
        self._column[self.at] = np.arange(self.at.size)
        meeting = np.flatnonzero(self._offers_meeting)
        self._by_x = meeting[np.argsort(pool.x[self.at[meeting]], kind="stable")]
        self._x = pool.x[self.at[self._by_x]]

    def _asked_once(
        self, question: Callable[[MemberRow], Hashable], answer: Callable[[MemberRow], Yes]
    ) -> tuple[NDArray[np.intp], Yes]:
        """For each row the number of its question, and the answers for all supporters, one row a question."""
        number: dict[Hashable, int] = {}
        answers: list[Yes] = []
        which = np.empty(len(self._rows), np.intp)
        for at, row in enumerate(self._rows):
            asked = question(row)
            if asked not in number:
                number[asked] = len(answers)
                answers.append(answer(row))
            which[at] = number[asked]
        return which, np.array(answers, np.bool_).reshape(len(answers), self.at.size)

    def _masks(self, pick: Callable[[MemberRow], int]) -> Mask:
        return np.fromiter(map(pick, self._rows), np.uint64, len(self._rows))


class _Work:
    """Room for one block, used again for the next."""

    def __init__(self, rows: int, size: int) -> None:
        self.sums = np.empty((rows, size), np.float64)
        self.counts = np.empty((rows, size), np.float32)
        self.total = np.empty((rows, size), np.int32)
        self.term = np.empty((rows, size), np.int32)
        self.allowed = np.empty((rows, size), np.bool_)

    def rows(self, n: int) -> _Work:
        rows, size = self.total.shape
        return self if n == rows else _Work(n, size)

    def add_at_most(self, most: int, worth: Whole) -> None:
        """Add the counts, each at most this much, times what one is worth in each row."""
        np.minimum(self.counts, most, out=self.counts)
        np.copyto(self.term, self.counts, casting="unsafe")
        self.add_times(worth)

    def add_times(self, worth: Whole) -> None:
        """Add the terms times what one is worth in each row."""
        np.multiply(self.term, worth[:, None], out=self.term)
        np.add(self.total, self.term, out=self.total)


def _bits(of: list[Mask], against: Mask) -> tuple[NDArray[Any], NDArray[Any]]:
    """Masks as columns of zeros and ones (the first side added up), for the bits that both sides use."""
    asked = 0
    for masks in of:
        asked |= int(np.bitwise_or.reduce(masks, initial=0))
    asked &= int(np.bitwise_or.reduce(against, initial=0))
    used = np.array([bit for bit in range(64) if asked >> bit & 1], np.uint64)
    one = np.uint64(1)
    mine = [(masks[:, None] >> used & one).astype(np.int16) for masks in of]
    return sum(mine[1:], mine[0]), (against[:, None] >> used & one).astype(np.int16)
