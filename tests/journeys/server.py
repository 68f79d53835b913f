"""The real program, started as an operator starts it: own process, own folder, own empty database, a free port."""

from __future__ import annotations

import http.server
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = [sys.executable, "-m", "companionway.config.cli"]
START_SECONDS = 180  # the demonstration is written by the deeds people would do
# What the tests' own settings put into the environment must not reach the real program.
NOT_HANDED_DOWN = {"DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE", "COMPANIONWAY_VAR", "DATABASE_URL"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Server:
    """One running service; `kill` and `start` again to see what survives."""

    def __init__(self, var: Path, *, database_url: str, leave_site_url: str) -> None:
        self.var, self.port = var, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = var / "server.log"
        self.env = {name: value for name, value in os.environ.items() if name not in NOT_HANDED_DOWN} | {
            "COMPANIONWAY_VAR": str(var),
            "PUBLIC_URL": self.url,
            "LEAVE_SITE_URL": leave_site_url,
            "SHOW_GALLERY": "true",
        }
        if database_url:
            self.env["DATABASE_URL"] = database_url
        self._process: subprocess.Popen[bytes] | None = None

    def run(self, *command: str, timeout: float = 300) -> str:
        """Run one command of the console program against this service; returns what it printed."""
        return self._done([*PROGRAM, *command], timeout)

    def do(self, deeds: str) -> None:
        """Do deeds by the service's own code, in a process beside it: what no page does at a moment of one's choice."""
        self._done([sys.executable, "manage.py", "shell", "-c", deeds], 300)

    def _done(self, command: list[str], timeout: float) -> str:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=self.env,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )
        assert done.returncode == 0, f"{' '.join(command)} failed:\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def start(self) -> None:
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [*PROGRAM, "serve", "--prepare", "--demo", "--host", "127.0.0.1", "--port", str(self.port)],
                cwd=ROOT,
                env=self.env,
                stdout=log,
                stderr=log,
            )
        self._wait()

    def _wait(self) -> None:
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and self._process and self._process.poll() is None:
            try:
                with urllib.request.urlopen(self.url, timeout=5):
                    return
            except urllib.error.HTTPError:
                return
            except OSError:
                time.sleep(0.1)
        raise AssertionError(f"The service did not start:\n{self.log.read_text()[-4000:]}")

    def stop(self, *, how: signal.Signals = signal.SIGTERM) -> None:
        if self._process and self._process.poll() is None:
            self._process.send_signal(how)
            try:
                self._process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait(timeout=15)
        self._process = None

    def kill(self) -> None:
        """`kill -9`: no time to say goodbye."""
        self.stop(how=signal.SIGKILL)


@contextmanager
def fresh_database() -> Iterator[str]:
    """An empty PostgreSQL database beside the one DATABASE_URL names, or "" for the service's own SQLite."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield ""
        return
    name = f"journeys_{secrets.token_hex(4)}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'create database "{name}"')
    yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'drop database "{name}" with (force)')


class _Weather(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = b"<!doctype html><html lang=en><title>The weather</title><h1>The weather</h1></html>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def harmless_site() -> Iterator[str]:
    """Where "Leave this site" leads in the tests: a page about the weather, on this machine."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Weather)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/weather"
    server.shutdown()
