from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from companionway.people import attempts
from tests.cast import Cast, make_cast


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture(autouse=True)
def _counts_begin_anew(settings: Any) -> Iterator[None]:
    """Attempts are counted in memory: Valkey has a clock of its own, which no test can move."""
    settings.VALKEY_URL = ""
    attempts.forget_all()
    yield
