"""One service for two years: peers, whom they write to, the staff hours, and which replies a mentor reads.

Which reply is read, when less is read and when everything again is decided by `companionway.reasoning.release` itself.
Everything else is an ASSUMPTION, named in `World`; none of it was measured in a service.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache

import numpy as np

from companionway.reasoning import release
from companionway.reasoning.release import Evidence, Stage

DAYS, WARM_UP = 728, 364


@dataclass(frozen=True)
class World:
    """All ASSUMPTIONS. The first two are the brief's."""

    peers: int = 330
    most_people: int = 3
    replies_a_week: float = 2.0  # of a peer to each of their people
    weeks_together: float = 20.0  # how long two write to each other, on average
    newcomers_a_week: float = 40.0  # who ask to come in
    minutes_a_reply: float = 6.0  # to read one, with what came before
    minutes_sent_back: float = 12.0  # to write kindly what could be said otherwise
    problem_share: float = 0.04  # of a new peer's replies, on average
    spread: float = 0.5  # how different peers are: beta distribution, 0 all alike, 1 extreme
    learning: float = 0.90  # a peer's problem share is multiplied by this each time a reply comes back
    noticed: float = 0.90  # of problem replies read, the mentor notices
    sent_back_wrongly: float = 0.01  # of good replies read
    months_as_a_peer: float = 24.0  # then somebody new takes the place
    days_to_sign: float = 7.0  # from "may be signed" to all signatures


@dataclass
class Peer:
    number: int
    problem: float
    people: int
    evidence: list[bool] = field(default_factory=list)
    stage: Stage = Stage.EVERY
    began: int = 0
    may_since: int | None = None
    owes: bool = False
    sent: int = 0
    sent_back: int = 0

    def note(self, is_back: bool) -> None:
        """The newest 200 count, in place of half a year."""
        self.evidence.append(is_back)
        self.sent_back += is_back
        if len(self.evidence) > 200:
            self.sent_back -= self.evidence.pop(0)


@dataclass
class Outcome:
    """Of the measured year."""

    open_share: float
    caught: float
    read: float
    unread_problems: float  # per 1,000 replies, problems that went to the member
    in_time: float
    pairs: float


Reads = Callable[[Peer, str, int], bool]


@lru_cache(maxsize=200_000)
def _share(sent_back: int, read: int) -> float:
    return release.share_to_read(Evidence((True,) * sent_back + (False,) * (read - sent_back)))


def by_release(peer: Peer, name: str, _day: int) -> bool:
    share = _share(peer.sent_back, len(peer.evidence))
    drawn = release.is_drawn(b"simulation", name, share)
    why = release.why_read(peer.stage, waits=False, owes=peer.owes, drawn=drawn, asks=False)
    return why is not None


def everything(_peer: Peer, _name: str, _day: int) -> bool:
    return True


def by_lot(share: float) -> Reads:
    def reads(_peer: Peer, name: str, _day: int) -> bool:
        return release.is_drawn(b"lot", name, share)

    return reads


class Run:
    """One service for two years."""

    def __init__(self, world: World, reads: Reads, staff_minutes_a_day: float, seed: int) -> None:
        self.world, self.reads, self.capacity = world, reads, staff_minutes_a_day
        self.rng = np.random.default_rng(seed)
        self.seed, self.made = seed, 0
        self.peers = [self._new_peer(0) for _ in range(world.peers)]
        # Who has somebody at the beginning: a third of the places, so that the first weeks are no flood.
        self.pairs: list[Peer] = [
            peer for peer in self.peers for _ in range(peer.people) if self.rng.random() < 1 / 3
        ]
        self.backlog, self.lately = 0.0, [0.0] * 14
        self.open_days = self.problems = self.caught = self.replies = self.read = self.late = 0
        self.went = self.pair_days = 0

    def _new_peer(self, day: int) -> Peer:
        world, self.made = self.world, self.made + 1
        mean, strength = world.problem_share, max(1 / max(world.spread, 1e-6) - 1, 1e-3) * 10
        problem = float(self.rng.beta(mean * strength, (1 - mean) * strength)) if world.spread else mean
        people = int(self.rng.integers(1, world.most_people + 1))
        return Peer(number=self.made, problem=problem, people=people, began=day)

    def outcome(self) -> Outcome:
        for day in range(DAYS):
            self._day(day)
        year = DAYS - WARM_UP
        return Outcome(
            open_share=self.open_days / year,
            caught=self.caught / max(self.problems, 1),
            read=self.read / max(self.replies, 1),
            unread_problems=1000 * self.went / max(self.replies, 1),
            in_time=1 - self.late / year,
            pairs=self.pair_days / year,
        )

    def _day(self, day: int) -> None:
        world, measured = self.world, day >= WARM_UP
        self._come_and_go(day)
        is_open = self._is_open()
        if is_open:
            self._let_in()
        minutes = 0.0
        for peer, number in zip(
            self.pairs, self.rng.poisson(world.replies_a_week / 7, len(self.pairs)), strict=True
        ):
            for _ in range(number):
                minutes += self._reply(peer, day, measured)
        self.backlog = max(0.0, self.backlog + minutes - self.capacity)
        self.lately = [*self.lately[1:], minutes]
        self._sign(day)
        if measured:
            self.open_days += is_open
            self.late += self.backlog > 2 * self.capacity
            self.pair_days += len(self.pairs)

    def _is_open(self) -> bool:
        """What waits can be read within a day, the last two weeks fitted into the hours, and a place is free."""
        fits = sum(self.lately) / len(self.lately) < self.capacity and self.backlog <= self.capacity
        return fits and len(self.pairs) < sum(peer.people for peer in self.peers)

    def _let_in(self) -> None:
        having: dict[int, int] = {}
        for peer in self.pairs:
            having[peer.number] = having.get(peer.number, 0) + 1
        free = [peer for peer in self.peers for _ in range(peer.people - having.get(peer.number, 0))]
        coming = min(len(free), int(self.rng.poisson(self.world.newcomers_a_week / 7)))
        self.pairs += [free[each] for each in self.rng.permutation(len(free))[:coming]]

    def _come_and_go(self, day: int) -> None:
        stays = self.rng.random(len(self.pairs)) > 1 / (7 * self.world.weeks_together)
        self.pairs = [peer for peer, stay in zip(self.pairs, stays, strict=True) if stay]
        leaves = self.rng.random(len(self.peers)) < 1 / (30.4 * self.world.months_as_a_peer)
        for place in np.flatnonzero(leaves):
            # Their people go on with the one who takes the place.
            gone, self.peers[place] = self.peers[place], self._new_peer(day)
            self.pairs = [self.peers[place] if peer is gone else peer for peer in self.pairs]

    def _reply(self, peer: Peer, day: int, measured: bool) -> float:
        """The staff minutes one reply takes."""
        world = self.world
        peer.sent += 1
        name = hashlib.blake2b(f"{self.seed}:{peer.number}:{peer.sent}".encode(), digest_size=16).hexdigest()
        is_problem = self.rng.random() < peer.problem
        is_read = self.reads(peer, name, day)
        is_back = is_read and self.rng.random() < (world.noticed if is_problem else world.sent_back_wrongly)
        if measured:
            self.replies += 1
            self.read += is_read
            self.problems += is_problem
            self.caught += is_problem and is_back
            self.went += is_problem and not is_back
        if not is_read:
            return 0.0
        if not peer.owes:
            peer.note(is_back)
        peer.owes = is_back
        if not is_back:
            return world.minutes_a_reply
        peer.problem *= world.learning
        if release.should_step_back(peer.stage, Evidence(tuple(peer.evidence[-release.NEWEST :]))):
            peer.stage, peer.may_since = Stage.EVERY, None
        return world.minutes_a_reply + world.minutes_sent_back

    def _sign(self, day: int) -> None:
        for peer in self.peers:
            if day % 7 or not peer.evidence:
                continue
            evidence = Evidence(tuple(peer.evidence), timedelta(days=day - peer.began))
            to = release.may_move_to(peer.stage, evidence)
            if to is None:
                peer.may_since = None
            elif peer.may_since is None:
                peer.may_since = day
            elif day - peer.may_since >= self.world.days_to_sign:
                peer.stage, peer.may_since = to, None
