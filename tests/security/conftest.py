"""The demonstration as a world to be hostile to; and the small cast with passphrases, at a time that can be moved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from companionway.people import attempts
from tests.access.conftest import both_made
from tests.access.world import Both
from tests.cast import NOW, PASSPHRASE, Cast, make_cast


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[Both]:
    with both_made(django_db_blocker) as both:
        yield both


@pytest.fixture
def moment(settings: Any) -> Iterator[time_machine.Traveller]:
    settings.VALKEY_URL = ""  # Valkey has a clock of its own, which no test can move
    with time_machine.travel(NOW, tick=False) as traveller:
        attempts.forget_all()
        yield traveller
        attempts.forget_all()


@pytest.fixture
def people(db: None, moment: time_machine.Traveller) -> Cast:
    made = make_cast()
    for person in (made.mina, made.theo, made.cora):
        person.set_password(PASSPHRASE)
        person.save()
    return made
