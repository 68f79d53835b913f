"""A small installation in a folder and a database of its own, in this process; and the real program against it."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import dj_database_url
from django.db import connection

from companionway.foundation import sealing
from companionway.upkeep import layout, lines
from companionway.upkeep.snapshots import pointed_at, still
from tests.journeys.server import NOT_HANDED_DOWN, ROOT, fresh_database


@dataclass(frozen=True)
class Installation:
    """Where one service lives."""

    var: Path
    database_url: str

    @property
    def place(self) -> dict[str, Any]:
        if self.database_url:
            return dict(dj_database_url.parse(self.database_url))
        sqlite: dict[str, Any] = dict(dj_database_url.parse(f"sqlite:///{self.var}/companionway.sqlite3"))
        options = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;",
        }
        return sqlite | {"OPTIONS": options}

    @property
    def backups(self) -> list[Path]:
        return sorted(self.var.glob("backups/*.backup"))

    @property
    def env(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in NOT_HANDED_DOWN}
        url = {"DATABASE_URL": self.database_url} if self.database_url else {}
        return kept | url | {"COMPANIONWAY_VAR": str(self.var), "PYTHONPATH": str(ROOT)}

    def run(self, *command: str, kill_at: int = 0, **env: str) -> subprocess.CompletedProcess[str]:
        """The console program, killed by itself before its statement number `kill_at`."""
        return subprocess.run(
            [sys.executable, "-m", "tests.rooms.upkeep.killed", str(kill_at), *command],
            cwd=ROOT, env=self.env | env, capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip

    @contextlib.contextmanager
    def opened(self, settings: Any) -> Iterator[None]:
        """This process works for the installation."""
        settings.VAR = self.var
        settings.MASTER_KEY_FILE = self.var / "keys" / "master.json"
        settings.KEY_COPY_FILE = self.var / "keys" / "key-copy.json"
        settings.BACKUP_KEY_FILE = self.var / "keys" / "backup.json"
        settings.VAPID_KEY_FILE = self.var / "keys" / "vapid.pem"
        sealing.forget_all()
        with pointed_at(self.place):
            yield
        sealing.forget_all()


def copy_keys(here: Installation, there: Installation) -> None:
    """What an operator carries by hand."""
    shutil.copytree(here.var / "keys", there.var / "keys")


@contextlib.contextmanager
def clean_machine(var: Path, *, on_postgres: bool | None = None) -> Iterator[Installation]:
    """An empty folder and an empty database, PostgreSQL where the tests run on it."""
    var.mkdir(exist_ok=True)
    if on_postgres is False:
        yield Installation(var, "")
        return
    with fresh_database() as url:
        yield Installation(var, url)


def everything() -> dict[str, list[bytes]]:
    """Every line of every table of the database in use."""
    with still() as raw:
        return {table.name: lines.all_lines(lines.read(raw, table)) for table in layout.tables(connection)}


def schema_of(installation: Installation) -> list[str]:
    """Everything that shapes the tables, as the database tells it."""
    if not installation.database_url:
        with contextlib.closing(sqlite3.connect(installation.var / "companionway.sqlite3")) as raw:
            return sorted(
                sql for (sql,) in raw.execute("select sql from sqlite_master where sql is not null")
            )
    with pointed_at(installation.place), connection.cursor() as cursor:
        cursor.execute(
            "select table_name || ' ' || column_name || ' ' || data_type || ' ' || is_nullable "
            "from information_schema.columns where table_schema = 'public' union all "
            "select indexdef from pg_indexes where schemaname = 'public' union all "
            "select conrelid::regclass || ' ' || pg_get_constraintdef(oid) from pg_constraint where conrelid > 0 "
            "union all select tgrelid::regclass || ' ' || tgname from pg_trigger where not tgisinternal"
        )
        return sorted(line for (line,) in cursor.fetchall() if not line.startswith("pg_"))


def elsewhere(installation: Installation, var: Path) -> Installation:
    return replace(installation, var=var)
