"""The cast, and series begun for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from django.test import Client

from companionway.people.models import Person
from tests.cast import Cast, enters, make_cast


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def come_in(client: Client) -> Callable[[Person], Client]:
    return partial(enters, client)
