from __future__ import annotations

from datetime import timedelta

import pytest

from companionway.people import roles
from companionway.people.models import Person
from companionway.safety import services
from companionway.safety.models import HelpLine
from tests.cast import NOW, Cast, give, make_cast, make_person


@pytest.fixture
def cast(db) -> Cast:
    return make_cast()


@pytest.fixture
def second_keeper(cast: Cast) -> Person:
    person = make_person("Noor")
    give(person, roles.ADMINISTRATOR, None)
    return person


FACTS = {
    "country": "GB",
    "kind": "listening",
    "name": "The Evening Line",
    "number": "01632 960 123",
    "operator_url": "https://example.org/line",
}


@pytest.fixture
def make_line(cast: Cast, second_keeper: Person):
    def make(*, now=NOW, is_demonstration=False, **facts) -> HelpLine:
        line = services.add_helpline(
            actor=cast.adil,
            facts={**FACTS, **facts},
            is_demonstration=is_demonstration,
            now=now - timedelta(hours=2),
        )
        services.verify_helpline(actor=cast.adil, line=line, now=now - timedelta(hours=1))
        return services.verify_helpline(actor=second_keeper, line=line, now=now)

    return make
