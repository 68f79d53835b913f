"""What every test stands on: no network, nothing remembered from the test before."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from tests import network, often

network.block()
# Playwright keeps an event loop in this thread, which Django would take for an async view.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what says of itself that it belongs to the run on the other database."""
    other = "once" if often.ON_POSTGRESQL else "many_writers"
    left_out = [item for item in items if item.get_closest_marker(other)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


@pytest.fixture(scope="session", autouse=True)
def _emptied_quickly() -> Iterator[None]:
    """After a test with real transactions rows go, and nothing else: tables and rules stand, and are not made anew.

    Django would say that everything was migrated, and all rules of all rooms would be written again after each test.
    """
    if "django" not in sys.modules or not os.environ.get("DJANGO_SETTINGS_MODULE"):
        yield  # the pure tests
        return
    flush = importlib.import_module("django.core.management.commands.flush")
    operations = importlib.import_module("django.db.backends.postgresql.operations").DatabaseOperations
    case = importlib.import_module("django.test").TransactionTestCase
    whole = case._fixture_teardown

    def quickly(self: Any) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(flush, "emit_post_migrate_signal", lambda *args, **more: None)
            patch.setattr(operations, "sql_flush", _rows_only)
            whole(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(case, "_fixture_teardown", quickly)
        yield


def _rows_only(operations: Any, style: Any, tables: list[str], **more: Any) -> list[str]:
    """PostgreSQL: only tables that have rows, without asking what refers to them; emptying all takes far longer."""
    has_rows = " union all ".join(
        f"select '{each}' where exists (select 1 from \"{each}\")" for each in tables
    )
    with operations.connection.cursor() as cursor:
        cursor.execute(has_rows)
        full = [name for (name,) in cursor.fetchall()]
    deletes = [f'delete from "{each}"' for each in full]
    return ["set session_replication_role = replica", *deletes, "set session_replication_role = default"]


@pytest.fixture(autouse=True)
def _what_never_changes_may_go(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test with real transactions leaves a database that is emptied row by row; the rules come back after it."""
    marker = request.node.get_closest_marker("django_db")
    is_real = "transactional_db" in request.fixturenames or bool(marker and marker.kwargs.get("transaction"))
    if not is_real:
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    constraints, apps = sys.modules["companionway.foundation.constraints"], sys.modules["django.apps"].apps
    with request.getfixturevalue("django_db_blocker").unblock():
        if constraints.holds_what_stands():
            constraints.let_go()
            sys.modules["django.core.management"].call_command("flush", verbosity=0, interactive=False)
            for each in apps.get_app_configs():
                constraints.install(each)


# What a process remembers by row number: the next test's rows have the same numbers.
REMEMBERED = {
    "companionway.foundation.sealing": "forget_all",
    "companionway.foundation.pace": "forget_all",
    "companionway.conversations.places": "forget_all",
    "companionway.conversations.telling": "forget_drawn",
    "companionway.config.callers": "forget_all",
    "companionway.introductions.queries": "forget_pools",
    "companionway.release.gate": "forget",
}


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """The next test begins as a process does that has just started."""
    yield
    for room, forgets in REMEMBERED.items():
        if loaded := sys.modules.get(room):
            getattr(loaded, forgets)()
    if "django.core.cache" in sys.modules and "companionway.foundation.models" in sys.modules:
        sys.modules["django.core.cache"].cache.clear()
