from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from companionway.oncall import services
from companionway.oncall.models import Turn
from companionway.people import roles
from companionway.people.models import Person
from tests.cast import NOW, Cast, give, make_cast, make_person

HOUR = timedelta(hours=1)


def at(text: str, zone: str = "Europe/London") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


@pytest.fixture
def cast(db) -> Cast:
    return make_cast()


@pytest.fixture
def oona(cast: Cast) -> Person:
    """On call, and nothing else."""
    person = make_person("Oona")
    give(person, roles.ON_CALL, cast.programme)
    return person


@pytest.fixture
def lena(cast: Cast) -> Person:
    """Safeguarding lead: stands on the rota and keeps it."""
    person = make_person("Lena")
    give(person, roles.SAFEGUARDING_LEAD, cast.programme)
    return person


@pytest.fixture
def turn_of(cast: Cast, lena: Person):
    def make(person: Person, step: int = 1, *, hours: float = 8, begins: datetime = NOW, now=NOW) -> Turn:
        return services.take_turn(
            actor=lena, person=person, step=step, starts_at=begins,
            ends_at=begins + timedelta(hours=hours), now=now,
        )  # fmt: skip

    return make
