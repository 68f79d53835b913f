"""A new master key while people write. Every step may be cut off; running it again goes on where it stopped.

The file holds the new key beside the old one; every row is wrapped anew, a few at a time; then, while no key can be
made, nothing is left that the old one wraps, and it goes. From then on it opens nothing in this database.
"""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import OperationalError, connection, models, transaction

from companionway.foundation import bus, key_copy, ring
from companionway.foundation.events import MasterKeyChanged, announce
from companionway.foundation.models import DataKey

AT_ONCE: Final = 200
# Whoever makes a key waits no longer than this behind the last step; then the step is tried again.
LOCK_MILLISECONDS: Final = 2000


def _unwatched(_step: str) -> None:
    """Nobody watches the steps."""


def rotate(*, now: datetime, step: Callable[[str], None] = _unwatched, at_once: int = AT_ONCE) -> int:
    """Change the master key, or finish a change that was cut off; returns how many keys were wrapped anew here."""
    with _alone():
        masters = ring.fresh()
        if len(masters.keys) == 1:
            masters = masters.with_new()
            ring.write(masters)
        step("written")
        bus.post("ring", None)
        moved, current = 0, masters.current
        while True:
            moved += _wrap_all(current, step, at_once)
            key_copy.refresh(now)
            step("copied")
            if _close(current, now, step):
                break
        bus.post("ring", None)
        step("closed")
    return moved


def _wrap_all(current: str, step: Callable[[str], None], at_once: int) -> int:
    moved, masters = 0, ring.fresh()
    while rows := list(_old(current)[:at_once]):
        with transaction.atomic():
            for row in rows:
                owner, before = f"{row.kind}:{row.owner_id}", bytes(row.wrapped or b"")
                anew = masters.wrap(masters.unwrap(before, row.master_id, owner), owner)
                # Only while it still stands as it was read: a key destroyed in between stays destroyed.
                same = DataKey.objects.filter(pk=row.pk, master_id=row.master_id, wrapped=before)
                moved += same.update(master_id=current, wrapped=anew)
            step("wrapping")
        step("wrapped")
    return moved


def _old(current: str) -> models.QuerySet[DataKey]:
    return DataKey.objects.exclude(master_id=current).exclude(wrapped=None).order_by("pk")


def _close(current: str, now: datetime, step: Callable[[str], None]) -> bool:
    """Drop the old key, unless somebody made a key under it in the meantime."""
    try:
        with transaction.atomic():
            _let_nobody_make_a_key()
            if _old(current).exists():
                return False
            step("closing")
            ring.write(ring.fresh().only_current())
            step("dropped")
            number = DataKey.objects.filter(master_id=current).count()
            announce(MasterKeyChanged(actor_id=None, subject=f"master:{current}", keys=number), at=now)
    except OperationalError:
        if connection.vendor == "sqlite" or len(ring.fresh().keys) == 1:
            raise
        return False
    return True


def _let_nobody_make_a_key() -> None:
    """On SQLite the transaction itself already holds everybody else off."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"set local lock_timeout = {LOCK_MILLISECONDS}")
            cursor.execute(f"lock table {DataKey._meta.db_table} in share mode")


@contextmanager
def _alone() -> Iterator[None]:
    path = Path(settings.MASTER_KEY_FILE)
    ring.fresh()
    with open(path.with_name(f"{path.name}.lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
