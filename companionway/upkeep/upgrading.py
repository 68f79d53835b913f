"""Bring the database up to date so that a kill at any moment leaves it as it was or as it should be.

Everything that is new happens in ONE transaction, with the note that it was done: Django alone writes that note
after its own commit, and a kill in between leaves tables that the next run cannot make again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.migration import Migration
from django.db.migrations.recorder import MigrationRecorder

from companionway.upkeep import backing_up, layout, places
from companionway.upkeep.lines import quoted

# One number for "somebody is upgrading this database", known to every process.
ADVISORY_LOCK: Final = 7_302_641
# Tables that the program fills itself on an installation where nobody has been yet.
FILLED_BY_ITSELF: Final = {
    "django_content_type", "auth_permission", "foundation_dutyrun", "conversations_clock", "django_session",
}  # fmt: skip


def prepare(now: datetime, say: Callable[[str], object]) -> None:
    """Migrate; first a backup where somebody's rows are at stake."""
    waiting = layout.waiting(connection)
    if waiting and MigrationRecorder(connection).has_table() and has_rows():
        made = _keep_what_was(now)
        say(f"Before the upgrade a backup was made: {made}")
    if any(needs_no_transaction(each) for each in waiting):
        # It says itself how it goes on after a kill (tests/house looks).
        call_command("migrate", verbosity=0, interactive=False)
        return
    with one_transaction():
        call_command("migrate", verbosity=0, interactive=False)


def needs_no_transaction(migration: Migration) -> bool:
    return not migration.atomic


def has_rows() -> bool:
    """Whether anybody has been here: a row in a table that the program does not fill itself."""
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
        for table in layout.tables(connection):
            if table.name in present - FILLED_BY_ITSELF:
                cursor.execute(f"select 1 from {quoted(table.name)} limit 1")
                if cursor.fetchone():
                    return True
    return False


@contextmanager
def one_transaction() -> Iterator[None]:
    """All schema changes inside are one: there after the commit, or not at all. Others wait their turn."""
    is_sqlite = connection.vendor == "sqlite"
    connection.ensure_connection()
    if is_sqlite:
        # SQLite rebuilds tables; it looks at references when all is done (the schema editor does, and below).
        connection.disable_constraint_checking()
    try:
        with transaction.atomic():
            if not is_sqlite:
                with connection.cursor() as cursor:
                    cursor.execute("select pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])
                    # A table with checks still to come could not be altered by the next migration.
                    cursor.execute("set constraints all immediate")
            yield
            connection.check_constraints()
    finally:
        if is_sqlite:
            connection.enable_constraint_checking()


def _keep_what_was(now: datetime) -> str:
    path = places.named(places.own_folder(), now, "before-upgrade")
    if not path.exists():  # a run a moment ago was killed after its backup
        backing_up.make(path, with_lock=backing_up.lock(passphrase_file=None, make=True), now=now)
        places.prune_before_upgrades(path.parent, now)
    return str(path)
