from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from companionway.people import roles
from companionway.people.models import Person
from companionway.safeguarding import services
from companionway.safeguarding.models import SafeguardingRecord
from companionway.safeguarding.opening import Told
from tests.cast import NOW, Cast, give, make_cast, make_person

FACTS = "He came to the meeting with bruises on both arms."
QUOTE = "Don't tell my uncle I said so."
TOLD = Told(category="hurt", facts=FACTS, is_immediate=False, quote=QUOTE, who="Mina", informed="nobody")


@dataclass(frozen=True)
class Apart:
    """Theo told the leads of Mina; Ines and Bram are the leads, Lena one of the other programme only."""

    cast: Cast
    ines: Person
    bram: Person
    lena: Person
    record: SafeguardingRecord

    def person(self, person: Person) -> Person:
        """Anew, so that roles given since are seen."""
        return Person.objects.get(pk=person.pk)


def lead(name: str, programme: Any) -> Person:
    person = make_person(name)
    give(person, roles.SAFEGUARDING_LEAD, programme)
    return person


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def apart(cast: Cast) -> Apart:
    ines, bram = lead("Ines", None), lead("Bram", cast.programme)
    lena = lead("Lena", cast.other_programme)
    record = services.tell(actor=cast.theo, programme=cast.programme, told=TOLD, about=cast.mina, now=NOW)
    return Apart(cast, ines, bram, lena, record)
