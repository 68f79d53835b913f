"""Make a backup of the running service: one moment of it, sealed, whole or not there."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from companionway.foundation import key_copy
from companionway.upkeep import contents, layout, loading, places
from companionway.upkeep.contents import Head
from companionway.upkeep.sealed_file import Lock, lock_of
from companionway.upkeep.snapshots import still

logger = logging.getLogger(__name__)


class Nothing(Exception):
    """The database is empty: there is nothing to keep."""


@dataclass(frozen=True, slots=True)
class Made:
    path: Path
    size: int
    tables: int
    rows: int


def lock(*, passphrase_file: Path | None, make: bool) -> Lock:
    """What seals and opens backups here: a passphrase where one is set, or else the backup key."""
    if passphrase_file:
        words = passphrase_file.read_text().strip()
        if len(words) < 12:
            raise ValueError(f"the passphrase in {passphrase_file} is shorter than 12 characters")
        return Lock(passphrase=words)
    return lock_of(Path(settings.BACKUP_KEY_FILE), make=make)


def make(path: Path, *, with_lock: Lock, now: datetime) -> Made:
    """Write a backup to `path`, which must be new. Raises NoRoom, OSError (the disk) or DatabaseError."""
    if not layout.applied(connection):
        raise Nothing
    folder = path.parent
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    places.remove_unfinished(folder)
    places.require_room(folder, places.size_of_database())
    unfinished = folder / f".{path.name}.{os.getpid()}{places.UNFINISHED}"
    try:
        hashes = _write(unfinished, with_lock, now)
        # After the moment that was kept: every key its rows need, and none destroyed since.
        _refresh_keys(now)
        os.link(unfinished, path)  # never over a file that is there
    finally:
        unfinished.unlink(missing_ok=True)
    places.to_disk(folder)
    return Made(path, path.stat().st_size, len(hashes), sum(each.rows for each in hashes.values()))


def _write(path: Path, with_lock: Lock, now: datetime) -> contents.Hashes:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file, still() as raw:
        tables = [each for each in layout.tables(connection) if each.name != layout.KEYS_TABLE]
        head = Head(
            made_at=now,
            vendor=connection.vendor,
            migrations=layout.applied(connection),
            tables=tables,
            numbers=loading.numbers(raw, tables),
            files=_small_files(),
        )
        hashes = contents.write(file, with_lock, head, raw)
        file.flush()
        os.fsync(file.fileno())
    return hashes


def _small_files() -> dict[str, bytes]:
    path = Path(settings.VAPID_KEY_FILE)
    return {path.name: path.read_bytes()} if path.exists() else {}


def _refresh_keys(now: datetime) -> None:
    try:
        key_copy.refresh(now)
    except DatabaseError:
        # Before an upgrade the table may be an older one than the program's; the keys stay in the database.
        if not layout.is_behind(connection):
            raise
        logger.warning("the copy of the keys is made again after the upgrade")
