from __future__ import annotations

from collections.abc import Iterator

import pytest

from companionway.people import attempts
from tests.cast import Cast, make_cast


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture(autouse=True)
def _counts_begin_anew() -> Iterator[None]:
    attempts.forget_all()
    yield
