"""The commit lane: one thread per process writes everything that waits in ONE transaction, then answers everybody.

Durable (the answer comes after the commit), yet the pace does not depend on the disk's sync latency. A room
describes its deeds by a `Writer`. The live door enters the lane; a service that is already inside its own
transaction writes there with the same `Writer` (`do`), and keeps the same order when the writer takes its numbers
from a row that is locked until the commit.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import groupby
from typing import Any, Generic, ParamSpec, TypeVar

from django.db import (
    DatabaseError,
    IntegrityError,
    InterfaceError,
    OperationalError,
    connection,
    transaction,
)

from companionway.foundation import duties
from companionway.foundation.events import Event, is_awaited
from companionway.foundation.models import Record
from companionway.foundation.statements import Table, write_rows

logger = logging.getLogger(__name__)
LONGEST_BATCH = 200
# When the last commit carried several deeds, more are on their way: one commit for all costs little more than for one.
GATHER_SECONDS = 0.004

D = TypeVar("D")
R = TypeVar("R")
P = ParamSpec("P")


class LaneStalled(Exception):
    """Nothing could be written; the deed may be tried again."""


@dataclass(frozen=True, slots=True)
class Writer(Generic[D, R]):
    """How deeds of one kind are written together.

    `write` runs inside a transaction and answers each deed with a result or an exception, in order. `recall` finds
    the result of a deed that was done before (the same one sent twice). `tell` hears of fresh results, after commit.
    """

    write: Callable[[Sequence[D]], Sequence[R | Exception]]
    recall: Callable[[D], R | None]
    tell: Callable[[Sequence[R]], None]


@dataclass(slots=True)
class _Waiting:
    writer: Writer[Any, Any]
    deed: Any
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[Any]
    outcome: Any = None
    is_fresh: bool = True


class Lane:
    """The queue and its thread."""

    def __init__(self) -> None:
        self._queue: queue.SimpleQueue[_Waiting] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()

    async def enter(self, writer: Writer[D, R], deed: D) -> R:
        """Wait on the event loop until the deed is committed."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[R] = loop.create_future()
        self._put(_Waiting(writer, deed, loop, future))
        return await future

    def _put(self, waiting: _Waiting) -> None:
        if self._thread is None or not self._thread.is_alive():
            with self._starting:
                if self._thread is None or not self._thread.is_alive():
                    self._thread = threading.Thread(target=self._run, name="lane", daemon=True)
                    self._thread.start()
        self._queue.put(waiting)

    def _run(self) -> None:
        crowded = False
        while True:
            batch = [self._queue.get()]
            if crowded:
                time.sleep(GATHER_SECONDS)
            with contextlib.suppress(queue.Empty):
                while len(batch) < LONGEST_BATCH:
                    batch.append(self._queue.get_nowait())
            crowded = len(batch) > 1
            try:
                self.commit(batch)
                self.tell(batch)
            except Exception:
                logger.exception("the lane stumbled and goes on")
            self.settle(batch)

    def commit(self, batch: list[_Waiting]) -> None:
        """Everything in one transaction; when a row poisons it, each deed alone."""
        try:
            self._together(batch)
        except (OperationalError, InterfaceError) as fault:
            self._once_more(batch, fault)
        except Exception as fault:
            _forget(batch)
            if isinstance(fault, DatabaseError) and not isinstance(fault, IntegrityError):
                connection.close()
            for each in batch:
                self._alone(each)

    def _together(self, batch: list[_Waiting]) -> None:
        with transaction.atomic():
            for writer, group in groupby(batch, key=lambda each: each.writer):
                together = list(group)
                outcomes = writer.write([each.deed for each in together])
                for each, outcome in zip(together, outcomes, strict=True):
                    each.outcome = outcome

    def _once_more(self, batch: list[_Waiting], fault: Exception) -> None:
        """The database failed, not a deed. Each alone would only wait as long again, one after the other."""
        _forget(batch)
        was_cut = connection.connection is not None and not connection.is_usable()
        connection.close()
        try:
            if not was_cut:
                raise fault
            self._together(batch)
        except IntegrityError:  # the commit had arrived although its answer had not
            _forget(batch)
            for each in batch:
                self._alone(each)
        except Exception as again:
            connection.close()
            for each in batch:
                each.outcome = again

    def _alone(self, each: _Waiting) -> None:
        try:
            with transaction.atomic():
                (each.outcome,) = each.writer.write([each.deed])
        except IntegrityError as fault:
            each.is_fresh = False
            try:
                each.outcome = each.writer.recall(each.deed) or fault
            except DatabaseError as gone:
                each.outcome = gone
        except Exception as fault:
            connection.close_if_unusable_or_obsolete()
            each.outcome = fault

    def tell(self, batch: list[_Waiting]) -> None:
        for writer, group in groupby(batch, key=lambda each: each.writer):
            fresh = [
                each.outcome for each in group if each.is_fresh and not isinstance(each.outcome, Exception)
            ]
            if fresh:
                writer.tell(fresh)

    def settle(self, batch: list[_Waiting]) -> None:
        """Answer everybody, with one hop to the event loop."""
        with contextlib.suppress(RuntimeError):  # the loop was closed; nobody waits any more
            batch[0].loop.call_soon_threadsafe(_answer_all, batch)


def _forget(batch: list[_Waiting]) -> None:
    """What was worked out for a commit that failed is no answer to anybody."""
    for each in batch:
        each.outcome = None


def _answer_all(waiting: list[_Waiting]) -> None:
    for each in waiting:
        outcome = LaneStalled() if each.outcome is None else each.outcome
        if each.future.done():
            continue
        if isinstance(outcome, Exception):
            each.future.set_exception(outcome)
        else:
            each.future.set_result(outcome)


def do(writer: Writer[D, R], deed: D) -> R:
    """Write as part of the caller's transaction; told when that commits. Raises what the writer answers."""
    if not connection.in_atomic_block:
        raise RuntimeError("a deed outside the lane needs its own transaction")
    try:
        with transaction.atomic():
            (outcome,) = writer.write([deed])
    except IntegrityError:
        before = writer.recall(deed)
        if before is None:
            raise
        return before
    if isinstance(outcome, Exception):
        raise outcome
    fresh = outcome
    transaction.on_commit(lambda: writer.tell([fresh]))
    return fresh


_lane = Lane()


def use(lane: Lane) -> None:
    """Put another lane in place (the durability test seeds faults this way)."""
    globals()["_lane"] = lane


async def enter(writer: Writer[D, R], deed: D) -> R:
    return await _lane.enter(writer, deed)


# SQLite answers in less time than several threads need to take the interpreter from each other; with PostgreSQL one
# waits for the network while another works.
_readers = ThreadPoolExecutor(1 if connection.vendor == "sqlite" else 4, thread_name_prefix="lane-reader")


async def read(question: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Ask the database from the event loop, in a thread whose connection stays open."""

    def ask() -> R:
        try:
            return question(*args, **kwargs)
        except DatabaseError:
            connection.close()
            return question(*args, **kwargs)

    return await asyncio.get_running_loop().run_in_executor(_readers, ask)


_RECORDS = Table(
    Record._meta.db_table,
    {
        "name": "text",
        "actor_id": "bigint",
        "about_id": "bigint",
        "subject": "text",
        "payload": "jsonb",
        "happened_at": "timestamptz",
        "delivered_at": "timestamptz",
        "attempts": "smallint",
    },
)
_names: dict[str, tuple[str, ...]] = {}


def _names_in(fact: Event) -> tuple[str, ...]:
    if fact.name not in _names:
        _names[fact.name] = tuple(each.name for each in fields(fact))
    return _names[fact.name]


def announce_all(facts: Sequence[tuple[Event, datetime, bool]]) -> None:
    """`events.announce` for many facts in one statement, inside the lane's transaction.

    (fact, when, whether others should react to it); without the last it is kept as a record only.
    """
    if not facts:
        return
    rows: list[tuple[Any, ...]] = []
    wakes = False
    for fact, happened_at, matters in facts:
        payload = json.dumps({name: getattr(fact, name) for name in _names_in(fact)})
        at = connection.ops.adapt_datetimefield_value(happened_at)
        awaited = matters and is_awaited(fact.name)
        wakes = wakes or awaited
        done = None if awaited else at
        rows.append((fact.name, fact.actor_id, fact.about_id, fact.subject, payload, at, done, 0))
    write_rows(_RECORDS, rows)
    if wakes:
        transaction.on_commit(duties.wake)
