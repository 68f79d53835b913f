"""The five paths. Each begins with connected people and ends with figures; only what was stored and shown counts."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Coroutine, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.machine import calibrate, cpu_seconds, memory_mib
from bench.systems.base import System

WORDS = (
    "I know how that feels. When it was worst for me I did not leave the house for a week, and what helped was "
    "somebody who simply asked how my day had been, and who then stayed and listened for a while. "
)
PATIENCE = 60.0
Figures = dict[str, float]


class NotStored(Exception):
    """The server acknowledged and delivered, but its history does not have it."""


def words(mark: str) -> str:
    """200 characters."""
    return (f"~{mark}~ " + WORDS * 2)[:200].strip()


def centile(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))] if values else float("nan")


class Cost:
    """CPU of everything that serves, between entering and leaving."""

    def __init__(self, system: System) -> None:
        self._system, self.cpu, self.wall, self.calib = system, 0.0, 0.0, calibrate()

    def __enter__(self) -> Cost:
        self._cpu, self._wall = cpu_seconds(self._system.processes()), time.perf_counter()
        return self

    def __exit__(self, *_: object) -> None:
        self.wall = time.perf_counter() - self._wall
        self.cpu = cpu_seconds(self._system.processes()) - self._cpu


async def few_at_once(tasks: Iterable[Coroutine[Any, Any, Any]], most: int = 20) -> list[Any]:
    gate = asyncio.Semaphore(most)

    async def through(task: Coroutine[Any, Any, Any]) -> Any:
        async with gate:
            return await task

    return await asyncio.gather(*(through(task) for task in tasks))


@dataclass
class Pair:
    """Two people who take turns: the next message goes when the last was acknowledged and shown."""

    one: Any
    other: Any
    place: Any
    name: str
    sent: list[str] = field(default_factory=list)
    acknowledged: list[float] = field(default_factory=list)
    shown: list[float] = field(default_factory=list)

    async def talk(self, number: int, *, counts: bool) -> None:
        for turn in range(number):
            writer, reader = (self.one, self.other) if turn % 2 else (self.other, self.one)
            mark = f"{self.name}-{len(self.sent)}"
            seen = asyncio.get_running_loop().create_future()
            reader.on_mark = _awaits(mark, seen)
            began = time.perf_counter()
            await asyncio.wait_for(writer.send(self.place, words(mark)), PATIENCE)
            acknowledged = time.perf_counter()
            shown = await asyncio.wait_for(seen, PATIENCE)
            self.sent.append(mark)
            if counts:
                self.acknowledged.append(acknowledged - began)
                self.shown.append(shown - began)

    async def check(self, limit: int) -> None:
        """The newest messages must be in the history, word for word."""
        have = await self.one.history(self.place, limit)
        missing = [mark for mark in self.sent[-limit:] if words(mark) not in have]
        if missing:
            raise NotStored(f"{len(missing)} of the last {limit} messages, first {missing[0]}")


def _awaits(mark: str, seen: asyncio.Future[float]) -> Callable[[str], None]:
    def on_mark(heard: str) -> None:
        if heard == mark and not seen.done():
            seen.set_result(time.perf_counter())

    return on_mark


def _run_name() -> str:
    return f"{os.getpid():x}{time.time_ns() // 1_000_000 % 16**7:x}"


async def conversation(system: System, *, pairs: int = 20, each: int = 100, warm: int = 10) -> Figures:
    await system.people(2 * pairs)
    people = await few_at_once(system.connect(number) for number in range(2 * pairs))
    run, talking = _run_name(), []
    for number in range(pairs):
        one, other = people[2 * number : 2 * number + 2]
        talking.append(Pair(one, other, await system.place([one, other]), f"{run}-{number}"))
    await asyncio.gather(*(pair.talk(warm, counts=False) for pair in talking))
    with Cost(system) as cost:
        await asyncio.gather(*(pair.talk(each, counts=True) for pair in talking))
    await few_at_once((pair.check(min(50, each)) for pair in talking), 4)
    shown = [took for pair in talking for took in pair.shown]
    await few_at_once(person.close() for person in people)
    return {
        "cpu": cost.cpu / len(shown) * 1000,
        "rate": len(shown) / cost.wall,
        "p50": centile(shown, 0.5) * 1000,
        "p95": centile(shown, 0.95) * 1000,
        "p99": centile(shown, 0.99) * 1000,
        "ack_p99": centile([took for pair in talking for took in pair.acknowledged], 0.99) * 1000,
        "calib": cost.calib,
    }


async def room(system: System, *, receivers: int = 100, messages: int = 100) -> Figures:
    """One writes; the next message goes when all the others were shown the last."""
    await system.people(receivers + 1)
    people = await few_at_once(system.connect(number) for number in range(receivers + 1))
    place, run = await system.place(people), _run_name()
    sender, last, sent = people[0], [], []

    async def one(mark: str) -> float:
        missing, done = receivers, asyncio.get_running_loop().create_future()

        def on_mark(heard: str) -> None:
            nonlocal missing
            missing -= heard == mark
            if not missing and not done.done():
                done.set_result(time.perf_counter())

        for person in people[1:]:
            person.on_mark = on_mark
        began = time.perf_counter()
        await asyncio.wait_for(sender.send(place, words(mark)), PATIENCE)
        sent.append(mark)
        return float(await asyncio.wait_for(done, PATIENCE)) - began

    for number in range(5):
        await one(f"{run}-w{number}")
    with Cost(system) as cost:
        for number in range(messages):
            last.append(await one(f"{run}-{number}"))
    await Pair(sender, None, place, run, sent).check(min(20, messages))
    await few_at_once(person.close() for person in people)
    deliveries = receivers * messages
    return {
        "cpu": cost.cpu / deliveries * 1000,
        "rate": deliveries / cost.wall,
        "p50": centile(last, 0.5) * 1000,
        "p95": centile(last, 0.95) * 1000,
        "calib": cost.calib,
    }


async def idle(system: System, *, connections: int = 1000, accounts: int = 100, hold: float = 30) -> Figures:
    """A thousand quiet connections on a fresh start; each account has several devices."""
    await system.people(accounts + 20)
    # What the first visitors cost once (threads, caches) is no cost of the thousandth.
    before = await few_at_once(system.connect(accounts + number) for number in range(20))
    await asyncio.sleep(4)
    empty, opened = memory_mib(system.processes()), cpu_seconds(system.processes())
    people = await few_at_once(system.connect(number % accounts) for number in range(connections))
    opened = cpu_seconds(system.processes()) - opened
    await asyncio.sleep(4)
    full = memory_mib(system.processes())
    with Cost(system) as cost:
        await asyncio.sleep(hold)
    await few_at_once(person.close() for person in [*people, *before])
    return {
        "mib": (full - empty) / connections * 1000,
        "base_mib": empty,
        "open_ms": opened / connections * 1000,
        "cpu": cost.cpu / cost.wall * 60 / connections * 1000,
        "calib": cost.calib,
    }


async def _filled(system: System) -> tuple[Pair, list[Any]]:
    """A conversation of 60 messages, read by somebody who has no live connection."""
    await system.people(2)
    people = [await system.connect(number) for number in range(2)]
    pair = Pair(people[0], people[1], await system.place(people), _run_name())
    await pair.talk(60, counts=False)
    await pair.check(50)
    return pair, people


async def _reading(
    system: System, read: Callable[[Any], Coroutine[Any, Any, Any]], number: int
) -> tuple[Cost, list[float]]:
    readers = [await system.connect(0, live=False) for _ in range(4)]
    took: list[float] = []

    async def keep_reading(reader: Any, times: int) -> None:
        for _ in range(times):
            began = time.perf_counter()
            await read(reader)
            took.append(time.perf_counter() - began)

    await asyncio.gather(*(keep_reading(reader, 5) for reader in readers))
    took.clear()
    with Cost(system) as cost:
        await asyncio.gather(*(keep_reading(reader, number // 4) for reader in readers))
    await few_at_once(reader.close() for reader in readers)
    return cost, took


async def history(system: System, *, reads: int = 800) -> Figures:
    """The newest 50 messages of one conversation, four readers."""
    pair, people = await _filled(system)
    cost, took = await _reading(system, lambda reader: reader.history(pair.place, 50), reads)
    await few_at_once(person.close() for person in people)
    return {
        "cpu_ms": cost.cpu / len(took) * 1000,
        "rate": len(took) / cost.wall,
        "p95": centile(took, 0.95) * 1000,
        "calib": cost.calib,
    }


async def page(system: System, *, reads: int = 200) -> Figures:
    """The signed-in page of a conversation with 50 messages, four readers."""
    pair, people = await _filled(system)
    size = await system.page(people[0], pair.place)
    cost, took = await _reading(system, lambda reader: system.page(reader, pair.place), reads)
    await few_at_once(person.close() for person in people)
    return {
        "cpu_ms": cost.cpu / len(took) * 1000,
        "p95": centile(took, 0.95) * 1000,
        "bytes": float(size),
        "calib": cost.calib,
    }


Path = Callable[[System], Coroutine[Any, Any, Figures]]
PATHS: dict[str, Path] = {
    "conversation": conversation,
    "room": room,
    "idle": idle,
    "history": history,
    "page": page,
}
