"""From SQLite to PostgreSQL while people write: killed again and again, nothing that was acknowledged is missing."""

from __future__ import annotations

import contextlib
import random
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection

from companionway.conversations.models import Clock, Message
from companionway.people.models import Person
from companionway.upkeep import layout, marks, queries
from tests.cast import NOW
from tests.journeys.server import fresh_database
from tests.rooms.upkeep.conftest import live_in
from tests.rooms.upkeep.installation import Installation, everything
from tests.rooms.upkeep.living import Living, Writer

KILLS = 4
TABLES_STAND = f"insert into {marks.TABLE}"


@pytest.fixture
def target() -> Iterator[str]:
    with fresh_database() as url:
        yield url


def test_people_write_while_it_is_moved_and_killed(
    tmp_path: Path, migrated: Path, target: str, unblocked: None
) -> None:
    shutil.copy(migrated, tmp_path / "companionway.sqlite3")
    living, chance = Living(tmp_path), random.Random(7)
    living.grow(12_000)
    living.start()
    writers = [Writer(living, number) for number in range(3)]
    try:
        for writer in writers:
            writer.start()
        for _ in range(KILLS):
            process = living.moving(target)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(chance.uniform(1.5, 7.0))
            process.kill()
            process.communicate()
        said, _ = (process := living.moving(target)).communicate(timeout=300)
        assert process.returncode == 0 or "already" in said, said
        assert living.send(0, "after-the-move") == 503, "acknowledged where nobody will look"
    finally:
        for writer in writers:
            writer.is_done = True
        for writer in writers:
            writer.join(30)
        living.kill()
    acknowledged = {name for writer in writers for name in writer.acknowledged}
    assert len(acknowledged) > 10, "hardly anything was sent: this proves nothing"
    assert set.union(*(writer.answers for writer in writers)) <= {200, 503}
    living.env["DATABASE_URL"] = target
    living.start()
    try:
        assert living.send(0, "first-on-the-new") == 200
        stored = living.stored()
        assert acknowledged <= set(stored)
        assert len(stored) == len(set(stored))
        assert stored[-1] == "first-on-the-new"
    finally:
        living.kill()


@pytest.fixture
def on_file(tmp_path: Path, migrated: Path, unblocked: None, settings: Any) -> Iterator[Installation]:
    """The installation of `here`, on SQLite whatever the tests run on."""
    installation = Installation(tmp_path / "file", "")
    installation.var.mkdir()
    (installation.var / "companionway.sqlite3").write_bytes(migrated.read_bytes())
    with installation.opened(settings):
        live_in()
    yield installation


def test_everything_is_equal_and_counts_on(on_file: Installation, target: str, settings: Any) -> None:
    with on_file.opened(settings):
        before, clock = everything(), Clock.objects.get().value
        call_command("move_database", "--to", target)
        assert "was moved to" in (queries.not_to_be_served() or "")
        with pytest.raises(DatabaseError, match="being moved"):
            Person.objects.update(name="changed")
        with pytest.raises(CommandError, match="already"):
            call_command("move_database", "--to", target)
        with pytest.raises(CommandError, match="has arrived"):
            call_command("move_database", "--cancel")
    with replace(on_file, database_url=target).opened(settings):
        assert queries.not_to_be_served() is None
        assert everything() == before
        assert Clock.objects.get().value == clock
        assert Message.objects.count() == 7
        mina = Person.objects.get(name="Mina")
        newest = Person.objects.create(
            name="New", sign_in_name="new", joined_at=NOW, password="!", organisation_id=mina.organisation_id
        )
        assert newest.pk > max(Person.objects.exclude(pk=newest.pk).values_list("pk", flat=True))
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from pg_constraint where contype = 'f'")
            references = cursor.fetchone()[0]
            cursor.execute("select count(*) from pg_trigger where not tgisinternal")
            assert cursor.fetchone()[0] > 0
        assert references > 20
        assert {marks.TABLE, "companionway_resting"}.isdisjoint(connection.introspection.table_names())
    assert on_file.run("serve").stderr.count("was moved to") == 1


def test_killed_at_each_step_it_goes_on(on_file: Installation, target: str, settings: Any) -> None:
    with on_file.opened(settings):
        before = everything()
    killed, move = 0, partial(call_command, "move_database", "--to", target)
    # Making the tables takes most of a first run's statements; a run that goes on has few, and those matter.
    assert on_file.forked(settings, move, kill_at=30).was_killed
    assert on_file.forked(settings, move, kill_at=12, counted_from=TABLES_STAND).was_killed
    for kill_at in range(20, 400, 12):
        ended = on_file.forked(settings, move, kill_at=kill_at)
        killed += ended.was_killed
        if not ended.was_killed:
            assert ended.code == 0, ended.said
            break
    assert killed >= 4
    with replace(on_file, database_url=target).opened(settings):
        assert everything() == before


def test_given_up_it_is_written_again(on_file: Installation, target: str, settings: Any) -> None:
    with on_file.opened(settings):
        marks.seal(layout.tables(connection), "postgres://elsewhere", NOW)
        with pytest.raises(DatabaseError, match="being moved"):
            Person.objects.update(pronouns="they")
        call_command("move_database", "--cancel")
        assert Person.objects.update(pronouns="they")
        assert marks.mark() is None


def test_a_target_with_something_in_it_is_refused(on_file: Installation, target: str, settings: Any) -> None:
    with replace(on_file, database_url=target).opened(settings), connection.cursor() as cursor:
        cursor.execute("create table somebody_elses (id integer)")
    with on_file.opened(settings):
        with pytest.raises(CommandError, match="already something in the target"):
            call_command("move_database", "--to", target)
        assert Person.objects.update(pronouns="they")


def test_a_half_filled_target_is_not_served(on_file: Installation, target: str, settings: Any) -> None:
    move = partial(call_command, "move_database", "--to", target)
    assert on_file.forked(settings, move, kill_at=12, counted_from=TABLES_STAND).was_killed
    with replace(on_file, database_url=target).opened(settings):
        assert "has not ended" in (queries.not_to_be_served() or "")
