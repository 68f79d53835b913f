"""The one copy of the wrapped keys, as they are now: backups hold none, so an old backup cannot bring one back.

It is replaced by every backup, once a day, and at once when a key is destroyed; what it held before is overwritten.
It opens nothing without the master key. It also remembers whose keys were destroyed, so that whoever is in a restored
backup and was erased since is erased again.
"""

from __future__ import annotations

import base64
import fcntl
import json
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final, TypedDict

from django.conf import settings
from django.db import connection, transaction

from companionway.foundation import ids, sealing, whole_files
from companionway.foundation.duties import duty
from companionway.foundation.models import DataKey

logger = logging.getLogger(__name__)
AS_OLD_AS: Final = timedelta(days=1)


class WrappedKey(TypedDict):
    """One key as it may leave the database: locked by the master key, or only a note that it was destroyed."""

    kind: str
    owner_id: int
    master_id: str
    wrapped: str | None
    destroyed_at: str | None


@dataclass(frozen=True, slots=True)
class KeyCopy:
    """What the file held: `rows` for `bring_wrapped_keys`."""

    made_at: datetime
    rows: list[WrappedKey]

    def destroyed(self, kind: str) -> list[int]:
        """The owners of one kind whose key is gone: for PERSON, those to erase again after a restore."""
        return [row["owner_id"] for row in self.rows if row["kind"] == kind and row["destroyed_at"]]


def path() -> Path:
    return Path(settings.KEY_COPY_FILE)


class OfAnother(ValueError):
    """The file holds keys that this database has never had: it is the only copy of somebody's, and stays."""

    def __str__(self) -> str:
        return (
            f"The copy of the keys at {path()} belongs to another database, and was left as it is. Restore that "
            "database's backup, or put the file somewhere safe and start again."
        )


def refresh(now: datetime) -> Path:
    """Write the keys as the database has them now over what the file held; call outside a transaction.

    Raises OfAnother. No key of ours ever disappears from the database: a destroyed one stays as a note.
    """
    with _alone():
        keys = list(wrapped_keys())
        if not _held() <= {(each["kind"], each["owner_id"]) for each in keys}:
            raise OfAnother
        content = {"made_at": now.isoformat(), "keys": keys}
        whole_files.replace(path(), json.dumps(content, separators=(",", ":")).encode())
    return path()


def _held() -> set[tuple[str, int]]:
    """Whose keys the file knows, as far as it can be read."""
    try:
        return {(each["kind"], each["owner_id"]) for each in read().rows}
    except (OSError, ValueError, KeyError, TypeError):
        return set()


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


_is_left_alone: ContextVar[bool] = ContextVar("key_copy_is_left_alone", default=False)


@contextmanager
def left_alone() -> Iterator[None]:
    """While another database than the service's own is worked on: what is destroyed there is no news for the copy."""
    before = _is_left_alone.set(True)
    try:
        yield
    finally:
        _is_left_alone.reset(before)


def _refresh_after_commit(now: datetime) -> None:
    """Once per transaction, however many keys it destroys; only where a copy exists already."""
    if _is_left_alone.get():
        return
    asked = (getattr(each[1], "func", None) for each in connection.run_on_commit)
    if path().exists() and _try_to_refresh not in asked:
        transaction.on_commit(partial(_try_to_refresh, now))


def _try_to_refresh(now: datetime) -> None:
    try:
        refresh(now)
    except (OSError, OfAnother):
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


def wrapped_keys() -> Iterator[WrappedKey]:
    """Every key of the database, for the copy that is kept apart from backups."""
    for row in DataKey.objects.order_by("pk").iterator(chunk_size=2000):
        yield WrappedKey(
            kind=row.kind,
            owner_id=row.owner_id,
            master_id=row.master_id,
            wrapped=base64.b64encode(bytes(row.wrapped)).decode() if row.wrapped is not None else None,
            destroyed_at=row.destroyed_at.isoformat() if row.destroyed_at else None,
        )


@transaction.atomic
def bring_wrapped_keys(rows: Iterable[WrappedKey]) -> int:
    """Put keys from a copy into this database; returns how many. What either side destroyed stays destroyed.

    Rows that are made later get numbers beyond every key, so that nobody new meets the key of somebody old.
    """
    here = {(row.kind, row.owner_id): row for row in DataKey.objects.all()}
    fresh, changed = [], []
    for each in rows:
        gone_at = datetime.fromisoformat(each["destroyed_at"]) if each["destroyed_at"] else None
        wrapped = base64.b64decode(each["wrapped"]) if each["wrapped"] and not gone_at else None
        row = here.get((each["kind"], each["owner_id"]))
        if row is None:
            row = DataKey(kind=each["kind"], owner_id=each["owner_id"])
            fresh.append(row)
        elif row.wrapped is None:
            continue
        else:
            changed.append(row)
        row.wrapped, row.destroyed_at, row.master_id = wrapped, gone_at, each["master_id"]
    DataKey.objects.bulk_create(fresh, batch_size=500)
    DataKey.objects.bulk_update(changed, ["wrapped", "destroyed_at", "master_id"], batch_size=200)
    ids.begin_beyond_keys()
    transaction.on_commit(sealing.forget_all)
    return len(fresh) + len(changed)
