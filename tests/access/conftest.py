from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction

from tests.access.elsewhere import make_elsewhere
from tests.access.walking import Canary
from tests.access.whose import canaries_of
from tests.access.world import NOW, Both, make_world


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[Both]:
    """Both organisations, for a module, made once because it takes seconds, and gone afterwards."""
    with (
        time_machine.travel(NOW + timedelta(minutes=5)),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        yield Both(make_world(), make_elsewhere())
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def canaries(world: Both) -> list[Canary]:
    return canaries_of(world)
