"""A PostgreSQL cluster and a Valkey of the test's own, with every sync on, to be stopped and started at will."""

from __future__ import annotations

import os
import random
import secrets
import shutil
import subprocess
import tempfile
from glob import glob
from pathlib import Path

import psycopg

from tests.journeys.server import free_port


class Postgres:
    """Durable as an operator would run it: nothing is switched off."""

    def __init__(self) -> None:
        found = shutil.which("initdb") or max(glob("/usr/lib/postgresql/*/bin/initdb"), default="")
        assert found, "install postgresql"
        self.programs = Path(found).resolve().parent
        self.folder = Path(tempfile.mkdtemp(prefix="companionway-chaos."))
        self.port = free_port()
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
        self._run("initdb", "-D", self.data, "-U", "companionway", "--auth=trust", "--encoding=UTF8")
        self.start()

    @property
    def data(self) -> str:
        return str(self.folder / "data")

    def _run(self, program: str, *arguments: str) -> None:
        # PostgreSQL refuses to run as root, so root becomes the user that Debian made for it.
        become = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        command = [*become, str(self.programs / program), *arguments]
        done = subprocess.run(
            command, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, timeout=120, check=False
        )
        assert done.returncode == 0, command

    def start(self) -> None:
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c max_connections=80"
        log = str(self.folder / "log")
        self._run("pg_ctl", "-D", self.data, "-l", log, "-w", "-t", "60", "start", "-o", options)

    def stop(self) -> None:
        """As the power goes: no last checkpoint, what was committed is read from the log again."""
        self._run("pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop")

    def new_database(self, like: str = "template1") -> str:
        name = f"chaos_{secrets.token_hex(4)}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f'create database "{name}" template "{like}"')
        return self.url(name)

    def copied_database(self, url: str) -> str:
        return self.new_database(url.rpartition("/")[2])

    def url(self, database: str) -> str:
        return f"postgres://companionway@127.0.0.1:{self.port}/{database}"

    def cut_a_connection(self, url: str, chance: random.Random) -> bool:
        """End one backend of this database in the middle of whatever it does."""
        name = url.rpartition("/")[2]
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            rows = connection.execute(
                "select pid from pg_stat_activity where datname = %s", [name]
            ).fetchall()
            if rows:
                connection.execute("select pg_terminate_backend(%s)", chance.choice(rows))
        return bool(rows)

    def remove(self) -> None:
        if (self.folder / "data" / "postmaster.pid").exists():
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


class Bus:
    """A Valkey or Redis that keeps nothing."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        program = shutil.which("valkey-server") or shutil.which("redis-server")
        assert program, "install valkey or redis-server"
        where = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self.folder)]
        self._process = subprocess.Popen([program, *where], stdout=subprocess.DEVNULL)

    def stop(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait(timeout=10)
            self._process = None
