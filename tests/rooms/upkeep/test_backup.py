"""A backup: whole or not there, one moment of a service that goes on, nothing readable outside it, no keys in it."""

from __future__ import annotations

import errno
import os
import shutil
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from companionway.foundation.models import DataKey, DutyRun, Record
from companionway.upkeep import backing_up, contents, layout, marks, places, tasks
from tests.cast import NOW
from tests.rooms.upkeep.conftest import ON_POSTGRES
from tests.rooms.upkeep.installation import Installation


@pytest.fixture
def service(here: Installation, settings: Any) -> Iterator[Installation]:
    with here.opened(settings):
        yield here


def backup(*args: str) -> str:
    said = StringIO()
    call_command("backup", *args, stdout=said)
    return said.getvalue()


def counts(path: Path) -> dict[str, int]:
    lock = backing_up.lock(passphrase_file=None, make=False)
    return {name: each.rows for name, each in contents.verified(path, lock)[1].items()}


def test_it_holds_every_row_but_no_keys(service: Installation) -> None:
    said = backup()
    (path,) = service.backups
    found = counts(path)
    assert found["conversations_message"] == 7
    assert layout.KEYS_TABLE not in found
    with connection.cursor() as cursor:
        ours = set(connection.introspection.table_names(cursor)) - {
            "django_migrations",
            layout.KEYS_TABLE,
            marks.TABLE,
        }
    assert set(found) == ours
    assert path.stat().st_mode & 0o777 == 0o600
    for name in ("backup.json", "master.json", "key-copy.json"):
        assert str(service.var / "keys" / name) in said
        assert (service.var / "keys" / name).exists()


def test_wrapped_keys_are_nowhere_in_it(service: Installation) -> None:
    backup()
    with service.backups[0].open("rb") as file:
        opened = contents.Opened(file, backing_up.lock(passphrase_file=None, make=False))
        lines = [line for table in opened.head.tables for some in opened.lines(table) for line in some]
    assert lines
    for key in DataKey.objects.all():
        assert key.wrapped
        assert not any(bytes(key.wrapped).hex().encode() in line for line in lines)


def test_every_column_of_every_room_can_travel() -> None:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            assert layout._table(model).columns


class Both(threading.Thread):
    """Writes into two tables in one commit, again and again, over a connection of its own."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.is_done, self.count, self.begun = False, 0, threading.Event()

    def run(self) -> None:
        while not self.is_done:
            with transaction.atomic():
                name = f"both-{self.count}"
                Record.objects.create(name=name, subject="x:1", happened_at=NOW, delivered_at=NOW)
                DutyRun.objects.create(name=name, due_at=NOW)
            self.count += 1
            self.begun.set()
        connection.close()


def test_it_is_one_moment_while_people_write(service: Installation, settings: Any) -> None:
    ahead = Record.objects.count() - DutyRun.objects.count()
    writer = Both()
    writer.start()
    assert writer.begun.wait(20)
    seen = []
    for number in range(4):
        backup(str(service.var / f"{number}.backup"))
        found = counts(service.var / f"{number}.backup")
        seen.append(found["foundation_record"])
        assert found["foundation_record"] - found["foundation_dutyrun"] == ahead
    writer.is_done = True
    writer.join(20)
    assert seen == sorted(seen)
    assert writer.count > 0


def test_killed_half_way_it_leaves_nothing_that_looks_whole(here: Installation, settings: Any) -> None:
    folder = here.var / "killed"
    asked = here.forked(settings, lambda: backup(str(folder / "one.backup"))).statements
    for kill_at in (asked // 2, asked - 1, asked):
        assert here.forked(settings, lambda: backup(str(folder / "two.backup")), kill_at=kill_at).was_killed
        assert [path.name for path in folder.glob("*.backup")] == ["one.backup"]
    assert here.forked(settings, lambda: backup(str(folder / "two.backup"))).code == 0
    assert sorted(path.name for path in folder.iterdir()) == ["one.backup", "two.backup"]


def test_a_full_disk_is_one_sentence(service: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    backing_up.lock(passphrase_file=None, make=True)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CommandError, match="is full: no backup was made. Make room"):
        backup()
    monkeypatch.undo()
    assert list((service.var / "backups").iterdir()) == []
    assert places.last_good() is None


class Usage(NamedTuple):
    free: int


def test_room_is_looked_for_first(service: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(1000))
    with pytest.raises(CommandError, match="not enough room"):
        backup()
    assert list((service.var / "backups").iterdir()) == []


def test_old_ones_go_and_the_newest_stays(tmp_path: Path) -> None:
    made = [NOW - timedelta(days=days) for days in (40, 35, 31, 29, 1)]
    for each in made:
        places.named(tmp_path, each).touch()
    (tmp_path / "of-somebody-else.backup").touch()
    assert len(places.prune(tmp_path, days=30, most=None, now=NOW)) == 3
    assert len(places.prune(tmp_path, days=None, most=1, now=NOW)) == 1
    assert places.prune(tmp_path, days=0, most=0, now=NOW + timedelta(days=90)) == []
    assert len(list(tmp_path.iterdir())) == 2


def test_a_backup_is_never_written_over_another(service: Installation) -> None:
    path = service.var / "one.backup"
    path.write_bytes(b"before")
    with pytest.raises(CommandError, match="already there"):
        backup(str(path))
    assert path.read_bytes() == b"before"


@pytest.mark.parametrize(
    ("last", "now", "due"),
    [
        (None, datetime(2026, 6, 1, 12, tzinfo=UTC), True),
        (datetime(2026, 6, 1, 2, tzinfo=UTC), datetime(2026, 6, 1, 3, tzinfo=UTC), False),
        (datetime(2026, 6, 1, 2, tzinfo=UTC), datetime(2026, 6, 1, 20, tzinfo=UTC), False),
        (datetime(2026, 6, 1, 2, tzinfo=UTC), datetime(2026, 6, 2, 1, tzinfo=UTC), True),
        (datetime(2026, 6, 1, 2, tzinfo=UTC), datetime(2026, 6, 2, 9, tzinfo=UTC), True),
        (datetime(2026, 6, 1, 14, tzinfo=UTC), datetime(2026, 6, 2, 1, tzinfo=UTC), False),
    ],
)
def test_one_each_night_and_a_missed_one_by_day(last: datetime | None, now: datetime, due: bool) -> None:
    assert tasks.is_time(last, now) is due


def test_the_duty_makes_one_and_notes_it(
    service: Installation, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DJANGO_SETTINGS_MODULE", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    for name, value in service.env.items():
        monkeypatch.setenv(name, value)
    tasks.back_up(NOW)
    assert tasks._running == []
    settings.BACKUP_FOLDER = str(service.var / "nightly")
    tasks.back_up(NOW)
    (process,) = tasks._running
    assert process.wait(120) == 0
    tasks._running.clear()
    last = places.last_good()
    assert last
    assert Path(last.path).parent == service.var / "nightly"


def test_an_empty_database_is_said_to_be_empty(there: Installation) -> None:
    outcome = there.run("backup")
    assert outcome.returncode == 1
    assert "nothing to back up yet" in outcome.stderr
    assert bool(there.database_url) == ON_POSTGRES
