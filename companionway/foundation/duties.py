"""Repeating background work: each duty says how often; a row per duty keeps the clock and the lock.

One process: `serve` runs the loop in a thread. Many: `companionway work` runs it alone.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import close_old_connections, transaction
from django.db.models import Q
from django.utils import timezone

from companionway.foundation.models import DutyRun

logger = logging.getLogger(__name__)
_woken = threading.Event()
_stopped = threading.Event()
# How long what another process announced may wait, and how long a changed time in the table may go unnoticed.
IDLE_SECONDS = 2.0
# A duty due further ahead than one round was claimed by a clock that has been put back since.
CLOCKS_APART = timedelta(minutes=5)
AGAIN = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Duty:
    name: str
    every: timedelta
    run: Callable[[datetime], object]
    # In a thread of its own: what must not wait for others, and what others must not wait for.
    apart: bool = False
    clocks_apart: timedelta = CLOCKS_APART
    # No row is written for it: every worker runs it, and it must do no harm that several do.
    everywhere: bool = False


_duties: dict[str, Duty] = {}


def duty(
    name: str,
    *,
    every: timedelta,
    apart: bool = False,
    everywhere: bool = False,
    clocks_apart: timedelta = CLOCKS_APART,
) -> Callable[[Callable[[datetime], object]], Callable[[datetime], object]]:
    """Register a function of `now` to be run about every `every`; it must be safe to run twice.

    `apart`: in a thread of its own, so that a server that does not answer holds up nothing else. `clocks_apart`: how
    far ahead a claim may lie before the clock is taken to have been put back. `everywhere`: in every worker, unclaimed.
    """

    def register(run: Callable[[datetime], object]) -> Callable[[datetime], object]:
        _duties[name] = Duty(name, every, run, apart, clocks_apart, everywhere)
        return run

    return register


def wake() -> None:
    """Something waits to be delivered: do not sleep the rest of the second."""
    _woken.set()


class Rota:
    """When each duty is next due, as this process last saw it: what is not due asks the database nothing."""

    def __init__(self, only: Callable[[Duty], bool] = lambda _duty: True) -> None:
        self._only = only
        self._due: dict[str, datetime] = {}
        self._looked_at: datetime | None = None

    def run_due(self, now: datetime) -> list[str]:
        """Run every duty that is due at `now`; returns their names. A failing one is logged and tried next time."""
        if self._looked_at is None or not self._looked_at <= now < self._looked_at + AGAIN:
            self._due, self._looked_at = dict(DutyRun.objects.values_list("name", "due_at")), now
        ran = []
        for each in filter(self._only, list(_duties.values())):
            due_at = self._due.get(each.name)
            # Further ahead than it can be: a clock was put back, so the table is asked.
            if due_at is not None and now < due_at <= now + each.every + each.clocks_apart:
                continue
            self._due[each.name] = now + each.every
            if not each.everywhere and not _claim(each, now):
                self._looked_at = None  # another worker has it: look again at what stands there
                continue
            try:
                each.run(now)
            except Exception:
                logger.exception("duty %s failed and will be tried again", each.name)
            ran.append(each.name)
        return ran


def run_due(now: datetime) -> list[str]:
    """Once, with nothing remembered."""
    return Rota().run_due(now)


@transaction.atomic
def _claim(each: Duty, now: datetime) -> bool:
    is_due = Q(due_at__lte=now) | Q(due_at__gt=now + each.every + each.clocks_apart)
    claims = {"due_at": now + each.every, "ran_at": now}
    if DutyRun.objects.filter(is_due, name=each.name).update(**claims):
        return True
    # Not due, or it never ran: whoever makes the row has claimed it.
    return DutyRun.objects.get_or_create(name=each.name, defaults=claims)[1]


def run_forever(deliver: Callable[[], int]) -> None:
    """Deliver records as they come and run duties as they fall due, until `stop` is called."""
    for each in [each for each in _duties.values() if each.apart]:
        threading.Thread(target=_run_apart, args=(each,), name=each.name, daemon=True).start()
    rota = Rota(lambda each: not each.apart)
    while not _stopped.is_set():
        _woken.clear()
        try:
            close_old_connections()
            busy = deliver()
            rota.run_due(timezone.now())
        except Exception:
            logger.exception("the worker stumbled and goes on")
            busy = 0
        if not busy:
            _woken.wait(IDLE_SECONDS)


def _run_apart(only: Duty) -> None:
    rota = Rota(lambda each: each.name == only.name)
    while not _stopped.is_set():
        try:
            close_old_connections()
            rota.run_due(timezone.now())
        except Exception:
            logger.exception("the worker of %s stumbled and goes on", only.name)
        _stopped.wait(IDLE_SECONDS)


def start_thread(deliver: Callable[[], int]) -> threading.Thread:
    thread = threading.Thread(target=run_forever, args=(deliver,), name="duties", daemon=True)
    thread.start()
    return thread


def stop() -> None:
    _stopped.set()
    _woken.set()
