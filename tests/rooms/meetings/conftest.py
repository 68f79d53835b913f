"""Cora arranges, Theo holds, Mina comes; Sam is of another programme."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from functools import partial
from typing import Any

import pytest
from django.test import Client

from companionway.foundation import events
from companionway.meetings import services
from companionway.meetings.models import Series
from companionway.meetings.services import SeriesDetails
from companionway.people.models import Person, Programme
from tests.cast import NOW, Cast, enters, make_cast


def tuesdays(**also: Any) -> SeriesDetails:
    """Every Tuesday at half past six, the first on 24 November 2026; NOW is the Saturday before."""
    said: dict[str, Any] = {
        "name": "Evening at the harbour",
        "zone": "Europe/London",
        "starts_on": date(2026, 11, 24),
        "begins": time(18, 30),
        "rule": "FREQ=WEEKLY",
    }
    return SeriesDetails(**{**said, **also})


def begun(cast: Cast, programme: Programme | None = None, **also: Any) -> Series:
    return services.begin_series(
        actor=cast.cora, programme=programme or cast.programme, details=tuesdays(**also), now=NOW
    )


def tell() -> None:
    while events.deliver():
        pass


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def series(cast: Cast) -> Series:
    return begun(cast)


@pytest.fixture
def come_in(client: Client) -> Callable[[Person], Client]:
    return partial(enters, client)
