"""The one copy of the wrapped keys, as they are now: backups hold none, so an old backup cannot bring one back.

It is replaced by every backup, once a day, and at once when a key is destroyed; what it held before is overwritten.
It opens nothing without the master key. It also remembers whose keys were destroyed, so that whoever is in a restored
backup and was erased since is erased again.
"""

from __future__ import annotations

import fcntl
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection, transaction

from companionway.foundation import sealing, whole_files
from companionway.foundation.duties import duty
from companionway.foundation.models import DataKey
from companionway.foundation.sealing import WrappedKey

logger = logging.getLogger(__name__)
AS_OLD_AS: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class KeyCopy:
    """What the file held: `rows` for `sealing.bring_wrapped_keys`."""

    made_at: datetime
    rows: list[WrappedKey]

    def destroyed(self, kind: str) -> list[int]:
        """The owners of one kind whose key is gone: for PERSON, those to erase again after a restore."""
        return [row["owner_id"] for row in self.rows if row["kind"] == kind and row["destroyed_at"]]


def path() -> Path:
    return Path(settings.KEY_COPY_FILE)


def refresh(now: datetime) -> Path:
    """Write the keys as the database has them now over what the file held; call outside a transaction."""
    with _alone():
        content = {"made_at": now.isoformat(), "keys": list(sealing.wrapped_keys())}
        whole_files.replace(path(), json.dumps(content, separators=(",", ":")).encode())
    return path()


@contextmanager
def _alone() -> Iterator[None]:
    """One at a time, reading and writing together: an older reading must never be written over a newer one."""
    path().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with open(path().with_name(f"{path().name}.lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def read(from_path: Path | None = None) -> KeyCopy:
    """Raises OSError where there is none, ValueError when it is not one."""
    try:
        content = json.loads((from_path or path()).read_bytes())
        return KeyCopy(datetime.fromisoformat(content["made_at"]), content["keys"])
    except (KeyError, TypeError) as fault:
        raise ValueError("no copy of keys") from fault


def _refresh_after_commit(now: datetime) -> None:
    """Once per transaction, however many keys it destroys; only where a copy exists already."""
    asked = (getattr(each[1], "func", None) for each in connection.run_on_commit)
    if path().exists() and _try_to_refresh not in asked:
        transaction.on_commit(partial(_try_to_refresh, now))


def _try_to_refresh(now: datetime) -> None:
    try:
        refresh(now)
    except OSError:
        logger.exception("the copy of the keys could not be written; it is tried again every hour")


@duty("foundation.key_copy", every=timedelta(hours=1))
def keep_it_new(now: datetime) -> None:
    """Once a day; within the hour when a destruction did not reach the file."""
    try:
        kept = read()
    except (OSError, ValueError):
        refresh(now)
        return
    destroyed_here = DataKey.objects.filter(wrapped=None).count()
    is_behind = destroyed_here != sum(1 for row in kept.rows if row["destroyed_at"])
    if is_behind or now - kept.made_at >= AS_OLD_AS:
        refresh(now)


sealing.on_destroyed(_refresh_after_commit)
