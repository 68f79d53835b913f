"""Theo is held by Ines, who is held by Otis; Cora coordinates. The programme keeps the usual rhythm."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from companionway.people import roles
from companionway.people.models import Person
from companionway.reasoning.supervision import USUAL
from companionway.supervision import services
from companionway.supervision.models import Supervision
from tests.cast import NOW, Cast, give, make_cast, make_person


@dataclass(frozen=True)
class Held:
    cast: Cast
    ines: Person
    otis: Person
    pair: Supervision


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def held(cast: Cast) -> Held:
    ines, otis = make_person("Ines"), make_person("Otis")
    for each in (ines, otis):
        give(each, roles.SUPERVISOR, cast.programme)
    services.offer_supervising(actor=ines, programme=cast.programme, has_lived_it=True, now=NOW)
    services.choose_rhythm(actor=cast.cora, programme=cast.programme, rhythm=USUAL, now=NOW)
    pair = services.arrange(
        actor=cast.theo, programme=cast.programme, supporter=cast.theo, supervisor=ines, now=NOW
    )
    services.arrange(actor=ines, programme=cast.programme, supporter=ines, supervisor=otis, now=NOW)
    return Held(cast, ines, otis, pair)
