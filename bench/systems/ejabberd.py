"""ejabberd from Debian's packages, archiving every message, speaking XMPP without TLS on this machine only.

    apt-get install ejabberd erlang-p1-pgsql erlang-p1-sqlite3

Without the last two it would acknowledge and deliver, and store nothing: then it counts as not installed, and every
run reads its archive back besides.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from bench.databases import Postgres
from bench.machine import free_port, wait_for
from bench.systems.base import System
from bench.xmpp import XmppPerson

DOMAIN, PASSWORD, ACCOUNT = "localhost", "bench", "ejabberd"
# Erlang's schedulers spin while they wait; without it, it costs least: the fairest figure to be compared with.
NO_BUSY_WAIT = "+sbwt none +sbwtdcpu none +sbwtdio none"
TABLES = {"postgres": "pg.sql", "sqlite": "lite.sql"}
CONFIG = """
loglevel: warning
hosts: [{domain}]
auth_method: internal
auth_password_format: plain
disable_sasl_mechanisms: [DIGEST-MD5, X-OAUTH2, SCRAM-SHA-1, SCRAM-SHA-256, SCRAM-SHA-512]
registration_timeout: infinity
{database}
listen:
  - {{port: {port}, ip: "127.0.0.1", module: ejabberd_c2s, access: everyone, max_stanza_size: 262144}}
  - {{port: {api}, ip: "127.0.0.1", module: ejabberd_http, request_handlers: {{/api: mod_http_api}}}}
acl: {{here: {{ip: ["127.0.0.0/8"]}}}}
access_rules: {{everyone: {{allow: all}}}}
api_permissions: {{here: {{from: [mod_http_api], who: {{ip: "127.0.0.0/8"}}, what: "*"}}}}
modules:
  mod_admin_extra: {{}}
  mod_carboncopy: {{}}
  mod_disco: {{}}
  mod_http_api: {{}}
  mod_mam: {{db_type: sql, default: always, assume_mam_usage: true}}
  mod_muc:
    access_create: everyone
    max_users: 2000
    default_room_options: {{mam: true, persistent: true, anonymous: false}}
  mod_muc_admin: {{}}
  mod_offline: {{}}
  mod_ping: {{}}
  mod_private: {{}}
  mod_roster: {{versioning: true}}
  mod_stream_mgmt: {{}}
"""
OWNER = "<query xmlns='http://jabber.org/protocol/muc#owner'><x xmlns='jabber:x:data' type='submit'/></query>"
CONTROL = """
INET_DIST_INTERFACE=127.0.0.1
ERLANG_NODE=bench{port}@localhost
ERL_EPMD_ADDRESS=127.0.0.1
EJABBERD_PID_PATH={folder}/ejabberd.pid
ERL_OPTIONS="-env ERL_CRASH_DUMP_BYTES 0 {options}"
"""


class Ejabberd(System):
    """On PostgreSQL, its schedulers' busy waiting off."""

    name = "ejabberd-postgres"
    postgres: Postgres | None = None

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.port, self.api, self.known = free_port(), 0, 0

    def why_not(self) -> str:
        if not shutil.which("ejabberdctl"):
            return "ejabberd is not installed (apt-get install ejabberd erlang-p1-pgsql erlang-p1-sqlite3)"
        if os.getuid():
            return "ejabberd is started from root here, as its own user"
        drivers = list(Path("/usr/lib").glob(f"**/{self._driver()}.beam"))
        return (
            "" if drivers else f"ejabberd lacks its database driver {self._driver()}: it would store nothing"
        )

    def _driver(self) -> str:
        return "pgsql"

    def prepare(self) -> None:
        self.api = free_port()
        for name in ("spool", "log"):
            (self.folder / name).mkdir(parents=True)
        settings = CONFIG.format(domain=DOMAIN, port=self.port, api=self.api, database=self._database())
        (self.folder / "ejabberd.yml").write_text(settings)
        control = CONTROL.format(port=self.port, folder=self.folder, options=NO_BUSY_WAIT)
        (self.folder / "ctl.cfg").write_text(control)
        for path in (self.folder, *self.folder.rglob("*")):
            if "pg" not in path.relative_to(self.folder).parts:
                shutil.chown(path, ACCOUNT, ACCOUNT)
        self.folder.chmod(0o755)
        self.folder.parent.chmod(0o755)

    def _database(self) -> str:
        self.postgres = Postgres(self.folder)
        self.postgres.start()
        (tables,) = Path("/usr/share/ejabberd/sql").glob("pg.sql")
        self.postgres.load(tables)
        self.postgres.stop()
        facts = {"type": "pgsql", "server": '"127.0.0.1"', "port": self.postgres.port, "database": "postgres"}
        more = {**facts, "username": "bench", "password": "none", "pool_size": 5}
        return "\n".join(f"sql_{name}: {value}" for name, value in more.items())

    def _control(self, command: str) -> None:
        files = ["-f", "ejabberd.yml", "-c", "ctl.cfg", "-s", "spool", "-l", "log"]
        placed = [part if part.startswith("-") else str(self.folder / part) for part in files]
        # Not `su`: its limit of files ends below a thousand connections.
        user = ["setpriv", f"--reuid={ACCOUNT}", f"--regid={ACCOUNT}", "--clear-groups"]
        env = {**os.environ, "HOME": str(self.folder / "spool")}
        subprocess.run([*user, "ejabberdctl", *placed, command], check=True, env=env, cwd=self.folder)

    def start(self) -> None:
        if self.postgres:
            self.postgres.start()
        self._control("start")
        wait_for(self.port)
        wait_for(self.api)
        until = time.monotonic() + 20
        while not self._pid() and time.monotonic() < until:
            time.sleep(0.1)

    def _pid(self) -> int:
        path = self.folder / "ejabberd.pid"
        return int(path.read_text().strip() or 0) if path.exists() else 0

    def stop(self) -> None:
        pid = self._pid()
        self._control("stop")
        while Path(f"/proc/{pid}").exists():
            time.sleep(0.1)
        (self.folder / "ejabberd.pid").unlink(missing_ok=True)
        if self.postgres:
            self.postgres.stop()

    def processes(self) -> list[int]:
        return [self._pid(), *([self.postgres.pid()] if self.postgres else [])]

    async def people(self, number: int) -> None:
        while self.known < number:
            facts = {"user": f"p{self.known}", "host": DOMAIN, "password": PASSWORD}
            asking = Request(f"http://127.0.0.1:{self.api}/api/register", json.dumps(facts).encode())  # noqa: S310
            asking.add_header("Content-Type", "application/json")
            with urlopen(asking, timeout=20):  # noqa: S310
                self.known += 1

    async def connect(self, number: int, *, live: bool = True) -> XmppPerson:
        person = XmppPerson(number, DOMAIN)
        await person.open(self.port, PASSWORD)
        return person

    async def place(self, members: list[Any]) -> tuple[str, ...]:
        if len(members) == 2:
            return tuple(member.jid for member in members)
        room = f"r{time.time_ns():x}@conference.{DOMAIN}"
        for number, member in enumerate(members):
            await member.join(room)
            if not number:
                await member.ask("set", OWNER, room)
        return (room,)


class EjabberdOnSqlite(Ejabberd):
    name = "ejabberd-sqlite"

    def _driver(self) -> str:
        return "sqlite3"

    def _database(self) -> str:
        return f"sql_type: sqlite\nsql_database: {self.folder}/spool/ejabberd.db\nsql_pool_size: 1"
