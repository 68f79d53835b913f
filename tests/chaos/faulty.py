"""The service with one fault put in on purpose, to see that the durability test would notice.

The spawner serves `tests.chaos.faulty.<fault>` instead of the application; the program itself knows nothing of this.
"""

from __future__ import annotations

import asyncio
import secrets
import threading
import time
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from companionway.concerns import climbing
from companionway.concerns.models import Concern
from companionway.config import asgi
from companionway.conversations import telling, writing
from companionway.foundation import bus, lane
from companionway.foundation.lane import Lane
from companionway.foundation.live import Receive, Scope, Send, Stream
from companionway.noticing import looking


class AnswersFirst(Lane):
    """Answers every sending with success before anything is stored."""

    def _run(self) -> None:
        number = 10**9
        while True:
            each = self._queue.get()
            number += 1
            each.outcome = writing._shown(each.deed, number, {})
            self.settle([each])
            time.sleep(0.25)
            self.commit([each])
            self.tell([each])


async def acknowledges_first(scope: Scope, receive: Receive, send: Send) -> None:
    if not isinstance(lane._lane, AnswersFirst):
        lane.use(AnswersFirst())
    await asgi.application(scope, receive, send)


async def forgets_names(scope: Scope, receive: Receive, send: Send) -> None:
    """Gives every sending a new name, so that the same one again is a second message."""
    writing.fit_client_id = lambda given: f"{given[:20]}-{secrets.token_hex(6)}"  # type: ignore[assignment]
    await asgi.application(scope, receive, send)


async def never_resumes(scope: Scope, receive: Receive, send: Send) -> None:
    """A reader who comes back begins with what comes now."""
    if scope["type"] == "http" and scope["path"] == "/live":
        kept = [(name, value) for name, value in scope["headers"] if name != b"last-event-id"]
        scope = {**scope, "headers": kept, "query_string": b""}
    await asgi.application(scope, receive, send)


async def repeats_itself(scope: Scope, receive: Receive, send: Send) -> None:
    """A stream forgets what it has sent."""

    def push_all(self: Stream, frame: bytes, seq: int = 0) -> None:
        self.after = min(self.after, seq - 1) if seq else self.after
        honest(self, frame, seq)
        self.after = min(self.after, seq - 1) if seq else self.after
        honest(self, frame, seq)

    honest = getattr(Stream, "honest", Stream.push)
    Stream.honest, Stream.push = honest, push_all  # type: ignore[attr-defined, method-assign]
    await asgi.application(scope, receive, send)


async def notices_afterwards(scope: Scope, receive: Receive, send: Send) -> None:
    """Writes what was noticed a moment after the message, in a transaction of its own."""

    def later(rows: Any) -> None:
        if rows:
            transaction.on_commit(lambda: threading.Timer(0.15, honest, [rows]).start())

    honest = getattr(writing, "honest", writing.write_noticed)
    writing.honest, writing.write_noticed = honest, later  # type: ignore[attr-defined]
    await asgi.application(scope, receive, send)


async def detector_dead(scope: Scope, receive: Receive, send: Send) -> None:
    """Whatever is asked of the detector, it falls over."""

    def fall(*_given: Any, **_more: Any) -> Any:
        raise MemoryError

    looking.use(fall)
    await asgi.application(scope, receive, send)


async def _never() -> None:
    await asyncio.Event().wait()


async def loses_wake_ups(scope: Scope, receive: Receive, send: Send) -> None:
    """What is posted to the other process gets lost, and nobody looks at the clock."""
    bus.post = lambda kind, fact: None
    telling._look_at_the_clock = _never
    await asgi.application(scope, receive, send)


async def tells_later(scope: Scope, receive: Receive, send: Send) -> None:
    """A concern is stored, and somebody is told of it a moment later, in another transaction."""

    def begin_later(concern: Concern, now: datetime) -> set[int]:
        concern.next_step_at = now + timedelta(days=1)
        concern.save()
        pk = concern.pk
        transaction.on_commit(lambda: threading.Timer(1.0, _tell, [pk, now]).start())
        return set()

    honest = getattr(climbing, "honest", climbing.begin)
    climbing.honest, climbing.begin = honest, begin_later  # type: ignore[attr-defined, assignment]
    await asgi.application(scope, receive, send)


@transaction.atomic
def _tell(pk: int, now: datetime) -> None:
    climbing.honest(Concern.objects.select_for_update().get(pk=pk), now)  # type: ignore[attr-defined]
