"""A prepared service to be copied; SQLite, or a PostgreSQL of the test's own where the tests run on PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.chaos.databases import Bus, Postgres
from tests.chaos.house import Ground, House, prepare
from tests.journeys.conftest import CHROMIUM, FLAGS

PAIRS = 2


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres | None]:
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        yield None
        return
    running = Postgres()
    yield running
    running.remove()


@pytest.fixture(scope="session")
def ground(postgres: Postgres | None, tmp_path_factory: pytest.TempPathFactory) -> Ground:
    url = postgres.new_database() if postgres else ""
    return prepare(tmp_path_factory.mktemp("ground") / "var", url, PAIRS)


@pytest.fixture
def open_house(ground: Ground, postgres: Postgres | None, tmp_path: Path) -> Iterator[Callable[..., House]]:
    """A house of one's own on a copy; closed at the end, whatever happened."""
    opened: list[House] = []

    def new(**told: Any) -> House:
        opened.append(House(ground.copied(tmp_path / f"var{len(opened)}", postgres), **told))
        return opened[-1]

    yield new
    for house in opened:
        house.close()


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[Bus]:
    running = Bus(tmp_path)
    yield running
    running.stop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()
