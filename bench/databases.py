"""A PostgreSQL cluster and a Valkey of our own, thrown away at the end; unlike the tests', with durable commits."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from bench.machine import end, free_port, wait_for


def _programs() -> Path | None:
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    return max(Path("/usr/lib/postgresql").glob("*/bin"), default=None)


def why_no_postgres() -> str:
    return "" if _programs() else "PostgreSQL is not installed"


def why_no_valkey() -> str:
    return "" if _valkey() else "neither Valkey nor Redis is installed"


def _valkey() -> str | None:
    return shutil.which("valkey-server") or shutil.which("redis-server")


class Postgres:
    """PostgreSQL refuses to run as root, so root becomes the user that the package made for it."""

    def __init__(self, folder: Path) -> None:
        programs = _programs()
        assert programs is not None
        self.programs, self.data, self.port = programs, folder / "pg", free_port()
        self._as = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        folder.mkdir(parents=True, exist_ok=True)
        for above in (folder, *folder.parents[:2]):
            if above != Path("/tmp"):  # noqa: S108
                above.chmod(above.stat().st_mode | 0o011)
        self.data.mkdir()
        if self._as:
            shutil.chown(self.data, "postgres")
        self._run(
            "initdb", "-D", str(self.data / "data"), "-U", "bench", "-A", "trust", "-E", "UTF8", "--locale=C"
        )

    def _run(self, program: str, *args: str) -> None:
        command = [*self._as, str(self.programs / program), *args]
        subprocess.run(command, check=True, cwd="/", stdout=subprocess.DEVNULL)

    def start(self) -> None:
        options = f"-p {self.port} -k {self.data} -c listen_addresses=127.0.0.1 -c shared_buffers=256MB"
        log = str(self.data / "log")
        self._run("pg_ctl", "-D", str(self.data / "data"), "-l", log, "-w", "-o", options, "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-D", str(self.data / "data"), "-m", "fast", "-w", "stop")

    def pid(self) -> int:
        return int((self.data / "data" / "postmaster.pid").read_text().splitlines()[0])

    def url(self, name: str = "postgres") -> str:
        return f"postgres://bench@127.0.0.1:{self.port}/{name}"

    def load(self, path: Path) -> None:
        """Run a file of SQL."""
        self._run(
            "psql", "-q", "-h", "127.0.0.1", "-p", str(self.port), "-U", "bench", "-f", str(path), "postgres"
        )


class Valkey:
    def __init__(self) -> None:
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        program = _valkey()
        assert program is not None
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen([program, *options], stdout=subprocess.DEVNULL)
        wait_for(self.port)

    def stop(self) -> None:
        end(self.process)

    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"
