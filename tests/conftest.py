"""What every test stands on: no network, nothing remembered from the test before."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import pytest

from tests import network

network.block()
# Playwright keeps an event loop in this thread, which Django would take for an async view.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL, leave out what says of itself that it is long and the same everywhere."""
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        left_out = [item for item in items if item.get_closest_marker("once")]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """Keys are cached by row number, and the next test's rows have the same numbers."""
    yield
    if sealing := sys.modules.get("companionway.foundation.sealing"):
        sealing.forget_all()
    if "django.core.cache" in sys.modules and "companionway.foundation.models" in sys.modules:
        sys.modules["django.core.cache"].cache.clear()
