"""A small installation in a folder and a database of its own, in this process; and the real program against it."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
import psycopg
from django.db import connection
from django.db.backends.signals import connection_created
from psycopg import sql

from companionway.foundation import sealing
from companionway.upkeep import layout, lines
from companionway.upkeep.snapshots import pointed_at, still
from tests.journeys.server import NOT_HANDED_DOWN, PROGRAM, ROOT, fresh_database


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

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """The console program, as an operator runs it."""
        return subprocess.run(
            [*PROGRAM, *command], cwd=ROOT, env=self.env, capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip

    def forked(
        self,
        settings: Any,
        deed: Callable[[], object],
        *,
        kill_at: int = 0,
        kill_before: str = "",
        counted_from: str = "",
    ) -> Ended:
        """Do something in a process of its own, which kills itself before a statement: by number or by words.

        The number counts from the first statement with `counted_from` in it, if that is given.
        """
        answer, told = os.pipe()
        child = os.fork()
        if child == 0:
            code = 1
            try:
                sys.stderr = sys.stdout = io.StringIO()
                with self.opened(settings):
                    counting = _Counting(kill_at, kill_before, counted_from)
                    connection_created.connect(counting.listen)
                    deed()
                os.write(told, str(counting.asked).encode())
                code = 0
            except BaseException as fault:
                os.write(told, repr(fault).encode()[:4000])
            finally:
                os._exit(code)
        os.close(told)
        _, status = os.waitpid(child, 0)
        with os.fdopen(answer) as said:
            return Ended(os.waitstatus_to_exitcode(status), said.read())

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


@dataclass(frozen=True)
class Ended:
    """How a process of its own ended, and what it had to say: its number of statements, or its fault."""

    code: int
    said: str

    @property
    def was_killed(self) -> bool:
        return self.code == -signal.SIGKILL

    @property
    def statements(self) -> int:
        assert self.code == 0, self.said
        return int(self.said)


class _Counting:
    def __init__(self, kill_at: int, kill_before: str, counted_from: str) -> None:
        self.asked, self._kill_at, self._kill_before, self._from = 0, kill_at, kill_before, counted_from

    def listen(self, connection: Any, **_: Any) -> None:
        connection.execute_wrappers.append(self._count)

    def _count(self, execute: Callable[..., Any], sql: str, *args: Any) -> Any:
        if self._from and self._from not in sql:
            return execute(sql, *args)
        self._from = ""
        self.asked += 1
        if self.asked == self._kill_at or (self._kill_before and self._kill_before in sql):
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, *args)


def copy_keys(here: Installation, there: Installation) -> None:
    """What an operator carries by hand."""
    shutil.copytree(here.var / "keys", there.var / "keys")


@contextlib.contextmanager
def clean_machine(var: Path, *, on_postgres: bool | None = None, like: str = "") -> Iterator[Installation]:
    """An empty folder and an empty database, PostgreSQL where the tests run on it."""
    var.mkdir(exist_ok=True)
    if on_postgres is False:
        yield Installation(var, "")
        return
    with fresh_database() as url:
        if like:
            _copy_database(like, url)
        yield Installation(var, url)


def _copy_database(model: str, url: str) -> None:
    names = [urlsplit(each).path.removeprefix("/") for each in (url, model)]
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as raw:
        raw.execute(sql.SQL("drop database {}").format(sql.Identifier(names[0])))
        raw.execute(sql.SQL("create database {} template {}").format(*map(sql.Identifier, names)))


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
