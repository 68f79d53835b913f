"""Where backups lie: their names, how much room there is, which are too old, and when the last good one was made."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection

from companionway.foundation import whole_files

ENDING: Final = ".backup"
UNFINISHED: Final = ".unfinished"
STAMP: Final = "%Y%m%dT%H%M%SZ"
OURS: Final = re.compile(r"companionway-(\d{8}T\d{6}Z)\.backup\Z")
BEFORE_UPGRADE: Final = re.compile(r"before-upgrade-(\d{8}T\d{6}Z)\.backup\Z")
KEPT_BEFORE_UPGRADES: Final = 3
SPARE_BYTES: Final = 16 * 2**20


class NoRoom(Exception):
    """The disk cannot take it; str() is one sentence."""


@dataclass(frozen=True, slots=True)
class LastGood:
    made_at: datetime
    path: str


def own_folder() -> Path:
    return Path(settings.VAR) / "backups"


def named(folder: Path, now: datetime, kind: str = "companionway") -> Path:
    return folder / f"{kind}-{now.astimezone(UTC).strftime(STAMP)}{ENDING}"


def size_of_database() -> int:
    if connection.vendor == "sqlite":
        path = Path(str(connection.settings_dict["NAME"]))
        return sum(
            each.stat().st_size for each in (path, path.with_name(path.name + "-wal")) if each.exists()
        )
    with connection.cursor() as cursor:
        cursor.execute("select pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def require_room(folder: Path, size: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < size + SPARE_BYTES:
        raise NoRoom(
            f"There is not enough room in {folder}: {free // 2**20} MB are free and up to "
            f"{(size + SPARE_BYTES) // 2**20} MB are needed. Nothing was written."
        )


def as_sentence(fault: OSError, folder: Path) -> str:
    if fault.errno in {errno.ENOSPC, errno.EDQUOT}:
        return f"The disk of {folder} is full: no backup was made. Make room, then try again."
    return f"{folder} cannot be written: {fault.strerror}. No backup was made."


def prune(folder: Path, *, days: int | None, most: int | None, now: datetime) -> list[Path]:
    """Remove old backups of ours; the newest always stays."""
    return _prune(folder, OURS, days=days, most=most, now=now)


def prune_before_upgrades(folder: Path, now: datetime) -> None:
    _prune(folder, BEFORE_UPGRADE, days=None, most=KEPT_BEFORE_UPGRADES, now=now)


def _prune(
    folder: Path, name: re.Pattern[str], *, days: int | None, most: int | None, now: datetime
) -> list[Path]:
    dated = [(found[1], path) for path in folder.iterdir() if (found := name.fullmatch(path.name))]
    kept, gone = sorted(dated, reverse=True), []
    oldest = now - timedelta(days=days) if days is not None else None
    for place, (stamp, path) in enumerate(kept):
        made_at = datetime.strptime(stamp, STAMP).replace(tzinfo=UTC)
        if place and ((most is not None and place >= most) or (oldest is not None and made_at < oldest)):
            path.unlink(missing_ok=True)
            gone.append(path)
    return gone


def remove_unfinished(folder: Path) -> None:
    """What a killed backup left behind; one that is still being written belongs to a process that lives."""
    for path in folder.glob(f".*{UNFINISHED}"):
        writer = path.name.removesuffix(UNFINISHED).rpartition(".")[2]
        if not (writer.isdigit() and Path(f"/proc/{writer}").exists()):
            path.unlink(missing_ok=True)


def to_disk(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _note() -> Path:
    return Path(settings.VAR) / "last-backup.json"


def note_last_good(path: Path, now: datetime) -> None:
    content = {"made_at": now.isoformat(), "path": str(path)}
    whole_files.replace(_note(), json.dumps(content).encode())


def last_good() -> LastGood | None:
    try:
        facts = json.loads(_note().read_bytes())
        return LastGood(datetime.fromisoformat(facts["made_at"]), str(facts["path"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
