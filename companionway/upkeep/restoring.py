"""Bring a backup back: everything is verified before anything is touched, and again, row by row, when it is in."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import OperationalError, connection, transaction

from companionway.foundation import chain, constraints, key_copy, sealing
from companionway.foundation.key_copy import KeyCopy
from companionway.people import services as people
from companionway.upkeep import contents, layout, lines, loading, making, places, upgrading
from companionway.upkeep.contents import Head, Opened
from companionway.upkeep.layout import Table
from companionway.upkeep.lines import Counted
from companionway.upkeep.sealed_file import Lock
from companionway.upkeep.snapshots import pointed_at

Say = Callable[[str], object]
ASIDE: Final = "before-restore"


class NotRestored(Exception):
    """str() is one sentence; the target is as it was."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What to restore, and how."""

    path: Path
    lock: Lock
    keys: Path | None
    without_keys: bool
    replace: bool
    is_drill: bool


def restore(wish: Wish, now: datetime, say: Say) -> dict[str, Counted]:
    """Returns what each table holds now. Raises NotRestored, Damaged or WrongKey before anything is changed."""
    head, hashes = contents.verified(wish.path, wish.lock)
    say(f"The backup is whole: made {head.made_at:%d %B %Y %H:%M} UTC, {_total(hashes)} rows.")
    _require_known(head)
    copy = _keys(wish, now)
    if not wish.is_drill:
        _require_free(wish)
    # What lies beside the database (the copy of the keys, the record's head) is the service's until the end.
    with key_copy.left_alone(), _target(wish, now, say):
        with wish.path.open("rb") as file:
            _fill(Opened(file, wish.lock), say)
        _bring_forward(copy, now, say)
    if not wish.is_drill:
        _bring_files(head)
        if copy.rows:
            # The record's head in the file is newer than what came back, and that is known.
            chain.begin_again(now)
            key_copy.refresh(now)
    return hashes


def _total(hashes: dict[str, Counted]) -> int:
    return sum(each.rows for each in hashes.values())


def _require_known(head: Head) -> None:
    if unknown := sorted(set(head.migrations) - layout.known()):
        raise NotRestored(
            f"This backup was made by a newer version of Companionway ({unknown[0][0]} {unknown[0][1]}). "
            "Install that version or a later one, then restore. Nothing was changed."
        )


def _keys(wish: Wish, now: datetime) -> KeyCopy:
    """The newest copy of the keys: without it what people wrote would stay shut."""
    path = wish.keys or key_copy.path()
    if wish.without_keys:
        return KeyCopy(now, [])
    if not Path(settings.MASTER_KEY_FILE).exists():
        raise NotRestored(
            f"The master key is not at {settings.MASTER_KEY_FILE}. Put your copy of it there, or say "
            "--without-keys to bring back everything except what people wrote. Nothing was changed."
        )
    try:
        return key_copy.read(path)
    except (OSError, ValueError) as fault:
        raise NotRestored(
            f"There is no copy of the keys at {path}. Give the newest one with --keys FILE, or say "
            "--without-keys to bring back everything except what people wrote. Nothing was changed."
        ) from fault


def _require_free(wish: Wish) -> None:
    if connection.vendor == "sqlite" and not Path(str(connection.settings_dict["NAME"])).exists():
        return
    if upgrading.has_rows() and not wish.replace:
        raise NotRestored(
            "There is already something in this database. Say --replace to set it aside and restore all the same. "
            "Nothing was changed."
        )
    if connection.vendor == "sqlite":
        _require_alone()


@contextmanager
def _target(wish: Wish, now: datetime, say: Say) -> Iterator[None]:
    """A database of its own to fill; what is in it counts only when the block ends well."""
    if connection.vendor == "sqlite":
        with _fresh_file(wish, now, say):
            yield
    else:
        with _fresh_schema(wish, now, say):
            yield


@contextmanager
def _fresh_file(wish: Wish, now: datetime, say: Say) -> Iterator[None]:
    final = Path(str(connection.settings_dict["NAME"])).absolute()
    fresh = final.with_name(final.name + (".drill" if wish.is_drill else ".restoring"))
    _remove(fresh)
    final.parent.mkdir(parents=True, exist_ok=True)
    places.require_room(final.parent, wish.path.stat().st_size * 3)
    os.close(os.open(fresh, os.O_CREAT | os.O_EXCL, 0o600))
    # Nothing here counts until it is whole, so the disk is waited for once, at the end.
    options = {
        **connection.settings_dict["OPTIONS"],
        "init_command": "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF;",
    }
    try:
        with pointed_at({"NAME": str(fresh), "OPTIONS": options}):
            yield
        if not wish.is_drill:
            _settle_file(fresh)
            _set_aside(final, now, say)
            os.replace(fresh, final)
            places.to_disk(final.parent)
    finally:
        _remove(fresh)


def _settle_file(fresh: Path) -> None:
    with sqlite3.connect(fresh) as raw:
        raw.execute("pragma journal_mode=wal")
    raw.close()
    with fresh.open("rb") as file:
        os.fsync(file.fileno())


def _set_aside(final: Path, now: datetime, say: Say) -> None:
    """Keep what was there, under another name."""
    if not final.exists():
        return
    _require_alone()
    had_rows = upgrading.has_rows()
    connection.close()
    if had_rows:
        aside = final.with_name(f"{final.name}.{ASIDE}-{now.astimezone(UTC).strftime(places.STAMP)}")
        os.link(final, aside)
        say(f"What was there before is kept in {aside}")


def _require_alone() -> None:
    """SQLite gives up its write-ahead log only when nobody else has the file open."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("pragma busy_timeout = 2000")
            cursor.execute("pragma journal_mode = delete")
            alone = cursor.fetchone()[0] == "delete"
    except OperationalError:
        alone = False
    if not alone:
        raise NotRestored("The service is still running: stop it, then restore. Nothing was changed.")


def _remove(path: Path) -> None:
    for ending in ("", "-journal", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


class _Undone(Exception):
    """A drill is over: the transaction is rolled back."""


@contextmanager
def _fresh_schema(wish: Wish, now: datetime, say: Say) -> Iterator[None]:
    """Everything in one transaction: killed at any moment, the database is as it was."""
    try:
        with upgrading.one_transaction():
            _make_schema(wish, now, say)
            yield
            if wish.is_drill:
                raise _Undone
    except _Undone:
        connection.close()


def _make_schema(wish: Wish, now: datetime, say: Say) -> None:
    present, ours = connection.introspection.table_names(), layout.tables(connection)
    with connection.cursor() as cursor:
        if wish.is_drill:
            cursor.execute("create schema companionway_drill")
            cursor.execute("set local search_path to companionway_drill")
        elif present:
            cursor.execute("select current_schema()")
            schema = lines.quoted(str(cursor.fetchone()[0]))
            if ours:
                # Whoever writes has finished, and nobody begins, until the new tables stand in their place.
                names = ", ".join(lines.quoted(table.name) for table in ours)
                cursor.execute(f"lock table {names} in access exclusive mode")
            aside = f"before_restore_{now.astimezone(UTC):%Y%m%d%H%M%S}"
            cursor.execute(f"alter schema {schema} rename to {lines.quoted(aside)}")
            cursor.execute(f"create schema {schema}")
            say(f"What was there before is kept in the schema {aside}")


def _fill(opened: Opened, say: Say) -> None:
    """The tables of the backup's own version, its rows, and the proof that they are equal."""
    with _without_checks():
        making.from_nothing(set(opened.head.migrations))
        raw = lines.raw_of(connection)
        here = {table.name: table for table in layout.tables(connection)}
        with transaction.atomic():
            _let_references_wait()
            # What never changes may go for this: the whole is put back, and `migrate` lets the rules stand up again.
            constraints.let_go()
            for table in here.values():
                loading.clear(raw, table)
            for table in opened.head.tables:
                _require_same(table, here.get(table.name))
                loading.load(raw, table, opened.lines(table))
                loading.count_on(
                    raw, table, opened.head.numbers.get(table.name, 0)
                ) if table.numbered else None
            for name, expected in opened.finish().items():
                _prove(raw, here[name], expected, say)
            connection.check_constraints()


@contextmanager
def _without_checks() -> Iterator[None]:
    """References are looked at when all rows are in."""
    if connection.vendor == "sqlite":
        connection.disable_constraint_checking()
    yield
    if connection.vendor == "sqlite":
        connection.enable_constraint_checking()


def _let_references_wait() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("set constraints all deferred")


def _require_same(table: Table, here: Table | None) -> None:
    if here is None or set(here.columns) != set(table.columns) or here.key != table.key:
        raise NotRestored(f"The table {table.name} is not the one that was backed up. Nothing was changed.")


def _prove(raw: Any, table: Table, expected: Counted, say: Say) -> None:
    if lines.counted(raw, table) != expected:
        raise NotRestored(f"The rows of {table.name} did not arrive as they were. Nothing was changed.")
    say(f"{table.name:45} {expected.rows:>9} rows  equal")


def _bring_forward(copy: KeyCopy, now: datetime, say: Say) -> None:
    """To this program's version; then the keys, and once more whoever was erased since."""
    ContentType.objects.clear_cache()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
    call_command("migrate", verbosity=0, interactive=False)
    if not copy.rows:
        return
    brought = key_copy.bring_wrapped_keys(copy.rows)
    say(f"{brought} keys brought back.")
    erased = people.erase_again(actor=None, person_ids=copy.destroyed(sealing.PERSON), now=now)
    say(f"{erased} people who were erased since the backup are erased again.")


def _bring_files(head: Head) -> None:
    path = Path(settings.VAPID_KEY_FILE)
    content = head.files.get(path.name)
    if content and not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
