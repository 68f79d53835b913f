from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from companionway.conversations import services as conversations
from companionway.people import services as people
from companionway.upkeep.snapshots import pointed_at
from tests.cast import NOW, make_cast
from tests.rooms.upkeep.installation import Installation, clean_machine

ON_POSTGRES = os.environ.get("DATABASE_URL", "").startswith("postgres")
# A move goes to PostgreSQL: it is tried where there is one.
collect_ignore = [] if ON_POSTGRES else ["test_moving.py"]


@pytest.fixture
def unblocked(django_db_blocker: Any) -> Iterator[None]:
    """These tests bring databases of their own."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Iterator[Path]:
    """A migrated SQLite file, to be copied: migrating takes seconds."""
    folder = tmp_path_factory.mktemp("migrated")
    with django_db_blocker.unblock(), pointed_at(Installation(folder, "").place):
        call_command("migrate", verbosity=0)
    yield folder / "companionway.sqlite3"


@pytest.fixture(scope="session")
def migrated_url(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Iterator[str]:
    """The same on PostgreSQL, "" elsewhere."""
    with clean_machine(tmp_path_factory.mktemp("migrated-there")) as installation:
        if installation.database_url:
            with django_db_blocker.unblock(), pointed_at(installation.place):
                call_command("migrate", verbosity=0)
        yield installation.database_url


@pytest.fixture
def here(
    tmp_path: Path, migrated: Path, migrated_url: str, unblocked: None, settings: Any
) -> Iterator[Installation]:
    """An installation that people use: the cast, two who write to each other, something Mina says of herself."""
    with clean_machine(tmp_path / "here", like=migrated_url) as installation:
        if not installation.database_url:
            shutil.copy(migrated, installation.var / "companionway.sqlite3")
        with installation.opened(settings):
            live_in()
        yield installation


def live_in() -> None:
    cast = make_cast()
    people.share_item(actor=cast.mina, kind="about", text="I like herons. \t\\N\r\n'\"\\", now=NOW)
    people.share_item(actor=cast.theo, kind="about", text="I like walking.", now=NOW)
    talk = conversations.open_conversation(
        actor=cast.cora, programme=cast.programme, people=[cast.mina, cast.theo], now=NOW
    )
    for number in range(3):
        conversations.send_message(actor=cast.mina, conversation=talk, text=f"From Mina {number}", now=NOW)
        conversations.send_message(actor=cast.theo, conversation=talk, text=f"From Theo {number}", now=NOW)


@pytest.fixture
def there(tmp_path: Path, unblocked: None) -> Iterator[Installation]:
    """A clean machine."""
    with clean_machine(tmp_path / "there") as installation:
        yield installation
