"""What `companionway check` looks at: each function answers with one plain sentence, or None when all is well."""

from __future__ import annotations

import json
import os
import shutil
import stat
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.http.request import validate_host
from redis import Redis, RedisError

from companionway.foundation import chain
from companionway.foundation.models import DataKey, Record
from companionway.people.models import Organisation
from companionway.upkeep import queries as upkeep

LEAST_FREE_MB = 1024
CLOCK_TOLERANCE = timedelta(minutes=2)
# No clock of a machine that runs this program may show an earlier day.
BUILT_AFTER_YEAR = 2026

Check = Callable[[datetime], str | None]


def problems(now: datetime) -> list[str]:
    """Every sentence that applies at `now`, the plainest causes first."""
    found = [sentence for check in PLAIN if (sentence := check(now))]
    unreachable = database_answers(now)
    if unreachable:
        return [*found, unreachable]
    unmigrated = database_is_migrated(now)
    if unmigrated:
        return [*found, unmigrated]
    return found + [sentence for check in WITH_DATABASE if (sentence := check(now))]


def is_public(host: str) -> bool:
    """Whether a host name means more than this machine."""
    return host not in {"", "localhost", "testserver", "::1", "[::1]"} and not host.startswith("127.")


def _public_hosts() -> list[str]:
    named = [*settings.ALLOWED_HOSTS, urlsplit(settings.PUBLIC_URL).hostname or ""]
    return [host for host in named if is_public(host)]


def secret_is_long(now: datetime) -> str | None:
    if len(settings.SECRET_KEY) < 40:
        return (
            "SECRET_KEY is too short: leave it unset to have one made, or set at least 40 random characters."
        )
    return None


def debug_is_off(now: datetime) -> str | None:
    if settings.DEBUG and _public_hosts():
        return f"DEBUG is on while the service answers to {_public_hosts()[0]}: set DEBUG=false."
    return None


def public_address_is_known(now: datetime) -> str | None:
    host = urlsplit(settings.PUBLIC_URL).hostname or ""
    if _public_hosts() and not is_public(host):
        return "PUBLIC_URL still names this machine: set it to the address people type, so that links in mail work."
    allowed = [name.lstrip(".") for name in settings.ALLOWED_HOSTS]
    if "*" not in allowed and not any(host == name or host.endswith("." + name) for name in allowed):
        return f"ALLOWED_HOSTS does not contain {host}, so everyone would be refused: add it."
    return None


def hosts_are_named(now: datetime) -> str | None:
    if "*" in settings.ALLOWED_HOSTS:
        return "ALLOWED_HOSTS contains *: name the hosts, or a forged address could end in a mail."
    return None


def address_is_https(now: datetime) -> str | None:
    if _public_hosts() and not settings.PUBLIC_URL.startswith("https://"):
        return "PUBLIC_URL does not begin with https://: words would travel in the open, and passkeys fail."
    return None


def mail_is_set(now: datetime) -> str | None:
    backend = settings.EMAIL_BACKEND
    if backend.endswith("dummy.EmailBackend"):
        return "No mail is sent: set EMAIL_BACKEND (and EMAIL_HOST for SMTP) so that people hear of new messages."
    if backend.endswith("smtp.EmailBackend") and not settings.EMAIL_HOST:
        return "EMAIL_HOST is not set, so mail has no way out."
    if settings.DEFAULT_FROM_EMAIL.rstrip(">").endswith("@localhost"):
        return "DEFAULT_FROM_EMAIL ends in @localhost: set an address that may receive replies."
    return None


def var_is_writable(now: datetime) -> str | None:
    try:
        with tempfile.TemporaryFile(dir=settings.VAR):
            return None
    except OSError:
        return f"The folder {settings.VAR} cannot be written: give it to the user that runs the service."


def disk_has_room(now: datetime) -> str | None:
    if not Path(settings.VAR).is_dir():
        return None
    free_mb = shutil.disk_usage(settings.VAR).free // 2**20
    if free_mb < LEAST_FREE_MB:
        return f"Only {free_mb} MB are free on the disk of {settings.VAR}: make room, or messages are lost."
    return None


def master_key_is_private(now: datetime) -> str | None:
    path = Path(settings.MASTER_KEY_FILE)
    if not path.exists():
        return None
    if not os.access(path, os.R_OK):
        return f"The master key file {path} cannot be read by the user that runs the service."
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        return f"The master key file {path} can be read by others: chmod 600 it."
    try:
        content = json.loads(path.read_text())
        content["keys"][content["current"]]
    except (ValueError, KeyError, TypeError):
        return f"The master key file {path} is damaged: restore it from your backup of keys."
    return None


def static_files_are_collected(now: datetime) -> str | None:
    if not settings.DEBUG and not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        return "The styles and scripts are not collected yet: start once with `companionway serve --prepare`."
    return None


def clock_is_believable(now: datetime) -> str | None:
    if now.year < BUILT_AFTER_YEAR:
        return f"The clock of this machine shows the year {now.year}: set it, and keep it right with NTP."
    return None


def valkey_answers(now: datetime) -> str | None:
    if not settings.VALKEY_URL:
        return None
    try:
        Redis.from_url(settings.VALKEY_URL, socket_timeout=3, socket_connect_timeout=3).ping()
    except (RedisError, ValueError):
        return "VALKEY_URL is set but nothing answers there: processes would not hear each other."
    return None


def framework_is_content(now: datetime) -> str | None:
    try:
        serious = [each for each in checks.run_checks() if each.is_serious()]
    except ImportError as fault:
        return f"The program is not complete, install it again: {fault}."
    return f"{serious[0].msg} ({serious[0].id})" if serious else None


def database_answers(now: datetime) -> str | None:
    try:
        connection.ensure_connection()
    except (DatabaseError, OSError):
        return "The database does not answer: look at DATABASE_URL and whether the database is running."
    return None


def database_is_migrated(now: datetime) -> str | None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        fresh = not MigrationRecorder(connection).has_table()
        state = "empty" if fresh else "older than this program"
        return f"The database is {state}: start once with `companionway serve --prepare`."
    return None


def master_key_is_there(now: datetime) -> str | None:
    path = Path(settings.MASTER_KEY_FILE)
    if not path.exists() and DataKey.objects.exists():
        return f"The master key file {path} is missing, so nothing can be read: restore it from your backup of keys."
    return None


def organisations_are_allowed(now: datetime) -> str | None:
    """Each organisation's own host name must be one that the service answers to."""
    for host in Organisation.objects.exclude(host="").values_list("host", flat=True):
        if not validate_host(host, settings.ALLOWED_HOSTS):
            return f"An organisation here answers at {host}, but ALLOWED_HOSTS does not contain it: add it."
    return None


def clock_agrees_with_the_record(now: datetime) -> str | None:
    latest = Record.objects.order_by("-pk").values_list("happened_at", flat=True).first()
    if latest and latest - now > CLOCK_TOLERANCE:
        return f"The clock is behind: the record already holds something from {latest:%d %B %Y %H:%M} UTC."
    return None


def backup_is_recent(now: datetime) -> str | None:
    return upkeep.missing_backup(now)


def database_is_ours_to_write(now: datetime) -> str | None:
    return upkeep.not_to_be_served()


def record_has_its_head(now: datetime) -> str | None:
    fault = chain.head_fault()
    return f"{fault} `companionway check-record` goes through the whole record." if fault else None


PLAIN: tuple[Check, ...] = (
    secret_is_long,
    debug_is_off,
    hosts_are_named,
    public_address_is_known,
    address_is_https,
    mail_is_set,
    var_is_writable,
    disk_has_room,
    master_key_is_private,
    static_files_are_collected,
    clock_is_believable,
    valkey_answers,
    framework_is_content,
    backup_is_recent,
)
WITH_DATABASE: tuple[Check, ...] = (
    database_is_ours_to_write,
    master_key_is_there,
    clock_agrees_with_the_record,
    organisations_are_allowed,
)
