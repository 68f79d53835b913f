"""Kill the service again and again at random moments while people write and read."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tests.chaos import verdict
from tests.chaos.browsers import Browsers
from tests.chaos.databases import Bus, Postgres
from tests.chaos.house import House
from tests.chaos.people import Patience, Reader, Writer
from tests.chaos.telling import Known, Store, text_of
from tests.chaos.witness import Witness

SETTLE_SECONDS = 120


@dataclass(frozen=True)
class Plan:
    """How hard it blows. `longest` is the longest life of a process between two kills, in seconds."""

    kills: int
    seed: int
    readers: int = 20
    browsers: int = 5
    writers: int = 6
    pace: float = 0.08
    longest: float = 2.0
    cold_every: int = 25
    worker_every: int = 20
    cut_every: int = 20
    restart_every: int = 100
    look_every: int = 100
    patience: Patience = field(default_factory=Patience)


class Storm:
    """One house in one weather. `blow` may be called more than once; `end` gives the verdict."""

    def __init__(self, house: House, plan: Plan, postgres: Postgres | None = None) -> None:
        self.house, self.plan, self.postgres = house, plan, postgres
        self.chance = random.Random(plan.seed)
        self.bus: Bus | None = None
        self.did: Counter[str] = Counter()
        self.faults: verdict.Faults = {}
        house.start_all()
        house.start_worker()
        assert house.send(0, 0, text_of("first0-0"), "first"), "number 1 is nobody's"
        self.witness = Witness(house.var / "witness.log")
        talked = max(1, len(house.pairs) - bool(plan.browsers))
        self.writers = [
            Writer(house, self.witness, number, number // 2 % talked, plan.pace, plan.seed)
            for number in range(plan.writers)
        ]
        self.readers = [
            Reader(house, number, number // 4 % talked, plan.seed, plan.patience)
            for number in range(plan.readers)
        ]
        self.browsers = Browsers(house, self.witness, plan.browsers, plan.seed) if plan.browsers else None
        if self.browsers:
            # Somebody writes to those in front of the browsers, too; slowly, because a page shows all of it.
            pair = len(house.pairs) - 1
            self.writers += [
                Writer(house, self.witness, plan.writers + side, pair, 1.5, plan.seed) for side in (0, 1)
            ]
            self.readers.append(Reader(house, plan.readers, pair, plan.seed, plan.patience))
        for thread in [*self.writers, *self.readers, *([self.browsers] if self.browsers else [])]:
            thread.start()
        if self.browsers:
            self.browsers.is_ready.wait()

    def blow(self, kills: int, say: Callable[[str], None] = lambda _: None) -> None:
        """Kill so many times; after every `look_every` let it settle and compare."""
        for number in range(1, kills + 1):
            self._once(number)
            if number % self.plan.look_every == 0 or number == kills:
                self.faults = verdict.together(self.faults, self._look())
                say(self.progress())
                if self.faults:
                    return

    def divide(self, bus: Bus) -> None:
        """From here on two processes serve, with a bus between them."""
        self.bus = bus
        self.house.become_two(VALKEY_URL=bus.url)
        self.house.start_all()
        self.house.start_worker()

    def progress(self) -> str:
        came_back = sum(reader.came_back for reader in self.readers)
        acknowledged = sum(writer.acknowledged for writer in self.writers)
        seen = f", browsers {self.browsers.progress()}" if self.browsers else ""
        counts = ", ".join(f"{kind} {times}" for kind, times in sorted(self.did.items()))
        return f"{counts}; acknowledged {acknowledged}; streams {came_back}{seen}; faults {self.faults or 'none'}"

    def counts(self) -> dict[str, int]:
        """What went on, for the docs."""
        counted = dict(sorted(self.did.items()))
        counted["acknowledged messages"] = sum(writer.acknowledged for writer in self.writers)
        counted["streams opened again"] = sum(reader.came_back for reader in self.readers)
        counted["browsers' streams opened again"] = self.browsers.came_back if self.browsers else 0
        for kind, times in sorted(self.browsers.did.items() if self.browsers else ()):
            counted[f"in the browsers: {kind}"] = times
        return counted

    def _once(self, number: int) -> None:
        plan, which = self.plan, self.chance.randrange(len(self.house.ports))
        time.sleep(self.chance.uniform(0, plan.longest))
        if number % plan.worker_every == 0:
            self.house.kill_worker()
            self.house.start_worker()
            self.did["worker kills"] += 1
        if self.postgres and number % plan.cut_every == 0:
            self.did["connections cut"] += self.postgres.cut_a_connection(self.house.url, self.chance)
        if self.postgres and number % plan.restart_every == plan.restart_every // 2:
            self.postgres.stop()
            time.sleep(self.chance.uniform(0, 2))
            self.postgres.start()
            self.did["database restarts"] += 1
        if self.bus and number % plan.cut_every == 0:
            self.bus.stop()
            self.bus.start()
            self.did["bus restarts"] += 1
        if len(self.house.ports) == 1 and self.chance.random() < 0.4 and self.house.wait_for_a_commit(1):
            time.sleep(self.chance.uniform(0, 0.006))
            self.did["kills aimed at a commit"] += 1
        self.house.kill(which)
        self.did["kills of one of two" if self.bus else "kills"] += 1
        cold = number % plan.cold_every == 0 and not self.house.fault
        self.did["cold starts"] += cold
        self.house.start(which, cold=cold)
        if self.chance.random() < 0.8:
            self.house.wait_until_it_answers(which)
        else:
            self.did["perhaps killed while starting"] += 1

    def _stores(self) -> dict[int, Known]:
        return {pair: Store(self.house, pair).refresh() for pair in range(len(self.house.pairs))}

    def _settled(self, stores: dict[int, Known], seconds: float) -> bool:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if not any(verdict.of_readers(self.readers, stores).values()):
                return True
            time.sleep(0.2)
        return False

    def _look(self) -> verdict.Faults:
        """Everybody pauses; then every screen must come to equal the store."""
        for which in range(len(self.house.ports)):
            self.house.wait_until_it_answers(which)
        for writer in self.writers:
            writer.may_write.clear()
        for writer in self.writers:
            assert writer.is_idle.wait(SETTLE_SECONDS), f"{writer.name} waits for ever"
        browsers_say = self.browsers.settle(SETTLE_SECONDS) if self.browsers else {}
        stores = self._stores()
        self._settled(stores, SETTLE_SECONDS if not self.house.fault else 5)
        found = verdict.of_readers(self.readers, stores)
        if self.browsers:
            found["missed"] += self.browsers.differ(stores[len(self.house.pairs) - 1], browsers_say)
            self.browsers.go_on()
        for writer in self.writers:
            writer.may_write.set()
        return found

    def end(self) -> verdict.Faults:
        """Everybody stops; the service is started once more, cold, and asked for everything."""
        for thread in [*self.writers, *self.readers]:
            thread.is_done = True
            if isinstance(thread, Writer):
                thread.may_write.set()
        for writer in self.writers:
            writer.join(timeout=60)
        if self.browsers:
            self.browsers.is_done = True
            self.browsers.go_on()
            self.browsers.join(timeout=120)
        for which in range(len(self.house.ports)):
            self.house.kill(which)
        self.house.start(cold=not self.house.fault)
        self.house.wait_until_it_answers()
        stored = verdict.of_store(self.witness.lines(), list(self._stores().values()))
        return verdict.together(self.faults, stored, self._records())

    def _records(self) -> verdict.Faults:
        """The worker, killed one last time, hands out what still waits."""
        self.house.kill_worker()
        self.house.start_worker()
        until = time.monotonic() + SETTLE_SECONDS
        while (told := self.house.tell_parent(do="awaited"))["waiting"] and time.monotonic() < until:
            time.sleep(0.5)
        log = self.house.var / "reactions.log"
        reacted: Sequence[str] = log.read_text().splitlines() if log.exists() else ()
        self.did["records reacted to"] += len(told["awaited"])
        return verdict.of_records(told["awaited"], reacted, told["waiting"])
