"""A snapshot of everyone who may be matched, laid out in columns so that one member is compared at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from companionway.reasoning.matching._rows import MemberRow, SupporterRow

_NO_AGE = -1000
_NOWHERE: NDArray[np.intp] = np.empty(0, np.intp)


class Pool:
    """Members and supporters at one moment; never changed, only replaced by a newer one.

    `blocked` are (member id, supporter id) pairs, for example a former match that should not come back.
    `never_with` are pairs of people (`MemberRow.person`), kept apart whichever of them is the supporter.
    Nobody is ever matched with themselves. Supporters stand in order of id; `supporter_ids` gives the id at
    each position. `version` counts the snapshots, so that a result can say which one it was made from.
    """

    def __init__(
        self,
        members: Iterable[MemberRow],
        supporters: Iterable[SupporterRow],
        *,
        blocked: Iterable[tuple[int, int]] = (),
        never_with: Iterable[tuple[int, int]] = (),
        version: int = 0,
    ) -> None:
        self.version = version
        self.members: Mapping[int, MemberRow] = {m.id: m for m in members}
        self.supporters: Mapping[int, SupporterRow] = {
            s.id: s for s in sorted(supporters, key=lambda row: row.id)
        }
        self.size = len(self.supporters)
        self._blocked = frozenset(blocked)
        self._never_with = frozenset(never_with)
        self._lay_out()
        self._index_people()
        self._standing: dict[tuple[int, int, int, int], NDArray[np.bool_]] = {}

    def renewed(self, *, members: Iterable[MemberRow] = (), supporters: Iterable[SupporterRow] = ()) -> Pool:
        """The next snapshot, with these rows added or put in place of those with the same id."""
        return Pool(
            {**self.members, **{m.id: m for m in members}}.values(),
            {**self.supporters, **{s.id: s for s in supporters}}.values(),
            blocked=self._blocked,
            never_with=self._never_with,
            version=self.version + 1,
        )

    def standing(self, gender: int, accepts: int, need_level: int, age_band: int) -> NDArray[np.bool_]:
        """Who passes the rules that few answers decide: consent, age band, gender both ways, training.

        Kept, because a service of any size asks the same few dozen questions; treat it as read-only.
        """
        question = (gender, accepts, need_level, age_band)
        answer = self._standing.get(question)
        if answer is None:
            answer = self._consents & (self._age_band == age_band) & (self._level >= need_level)
            answer &= ((self._accept_gender >> gender) & 1) == 1
            answer &= ((accepts >> self._gender) & 1) == 1
            self._standing[question] = answer
        return answer

    def kept_apart(self, member: MemberRow) -> NDArray[np.intp]:
        """Positions of the supporters this member must never be introduced to."""
        at = [self.position[s] for s in self._blocked_for.get(member.id, ()) if s in self.position]
        for person in (member.who, *self._apart_from.get(member.who, ())):
            at.extend(self._positions_of.get(person, ()))
        return np.array(at, np.intp) if at else _NOWHERE

    def keeps_apart(self, member: MemberRow, supporter: SupporterRow) -> bool:
        """Whether these two must never be introduced: blocked, never-with either way round, or oneself."""
        return (
            member.who == supporter.who
            or (member.id, supporter.id) in self._blocked
            or supporter.who in self._apart_from.get(member.who, ())
        )

    def _lay_out(self) -> None:
        rows = list(self.supporters.values())

        def column(pick: Callable[[SupporterRow], int], dtype: Any) -> NDArray[Any]:
            return np.fromiter((pick(row) for row in rows), dtype, len(rows))

        self.supporter_ids: NDArray[np.int64] = column(lambda s: s.id, np.int64)
        self.topics: NDArray[np.uint64] = column(lambda s: s.topics, np.uint64)
        self.wish_topics: NDArray[np.uint64] = column(lambda s: s.wish_topics, np.uint64)
        self.cannot: NDArray[np.uint64] = column(lambda s: s.cannot, np.uint64)
        self.goals: NDArray[np.uint64] = column(lambda s: s.goals, np.uint64)
        self.identity: NDArray[np.uint64] = column(lambda s: s.identity, np.uint64)
        self.langs: NDArray[np.uint64] = column(lambda s: s.langs, np.uint64)
        self.avail: NDArray[np.uint64] = column(lambda s: s.avail, np.uint64)
        self.modes: NDArray[np.uint8] = column(lambda s: s.modes, np.uint8)
        self.age: NDArray[np.int32] = column(lambda s: _NO_AGE if s.age is None else s.age, np.int32)
        self.stage: NDArray[np.int32] = column(lambda s: s.stage, np.int32)
        self.x: NDArray[np.int32] = column(lambda s: s.x, np.int32)
        self.y: NDArray[np.int32] = column(lambda s: s.y, np.int32)
        self.max_10m: NDArray[np.int32] = column(lambda s: s.max_km * 100, np.int32)
        self.free: NDArray[np.int64] = column(lambda s: 0 if s.paused else s.free, np.int64)
        self.has_place: NDArray[np.bool_] = self.free > 0
        self._gender: NDArray[np.int64] = column(lambda s: s.gender, np.int64)
        self._accept_gender: NDArray[np.int64] = column(lambda s: s.accept_gender, np.int64)
        self._level: NDArray[np.int64] = column(lambda s: s.level, np.int64)
        self._age_band: NDArray[np.int64] = column(lambda s: s.age_band, np.int64)
        self._consents: NDArray[np.bool_] = column(lambda s: s.consents, np.bool_)

    def _index_people(self) -> None:
        self.position: dict[int, int] = {int(s): at for at, s in enumerate(self.supporter_ids)}
        self._positions_of: dict[int, list[int]] = defaultdict(list)
        for at, row in enumerate(self.supporters.values()):
            self._positions_of[row.who].append(at)
        self._blocked_for: dict[int, list[int]] = defaultdict(list)
        for member, supporter in self._blocked:
            self._blocked_for[member].append(supporter)
        self._apart_from: dict[int, set[int]] = defaultdict(set)
        for one, other in self._never_with:
            self._apart_from[one].add(other)
            self._apart_from[other].add(one)
