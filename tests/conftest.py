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


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """Keys are cached by row number, and the next test's rows have the same numbers."""
    yield
    if sealing := sys.modules.get("companionway.foundation.sealing"):
        sealing.forget_all()
    if "django.core.cache" in sys.modules and "companionway.foundation.models" in sys.modules:
        sys.modules["django.core.cache"].cache.clear()
