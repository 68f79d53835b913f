from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction

from tests.access.elsewhere import make_elsewhere
from tests.access.walking import Canary
from tests.access.whose import canaries_of
from tests.access.world import NOW, Both, make_world


@contextmanager
def both_made(blocker: Any) -> Iterator[Both]:
    """Both organisations, a few minutes after the last thing that happened in them, and gone afterwards."""
    with time_machine.travel(NOW + timedelta(minutes=5)), blocker.unblock(), transaction.atomic():
        yield Both(make_world(), make_elsewhere())
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def made(django_db_setup: None, django_db_blocker: Any) -> Iterator[Both]:
    """Made once for all modules here, because it takes many seconds."""
    with both_made(django_db_blocker) as both:
        yield both


@pytest.fixture(scope="module")
def world(made: Both, django_db_blocker: Any) -> Iterator[Both]:
    """Both organisations as they were made: what a module does to them, it undoes."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield deepcopy(made)
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def canaries(world: Both) -> list[Canary]:
    return canaries_of(world)
