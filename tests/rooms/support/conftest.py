"""Two people who have just been introduced, in the cast's programme or in one of each shipped practice model."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from django.test import Client

from companionway.people import roles
from companionway.people import services as people
from companionway.people.models import Person, Programme
from companionway.support import services
from companionway.support.models import Relationship
from tests.cast import NOW, Cast, enters, give, make_cast

MODELS = ["one_to_one_charity", "intentional_peer_support", "twelve_step_sponsorship", "hearing_voices"]
CHARITY, MUTUAL, TWELVE, _VOICES = MODELS
REASONS = ["You both know long nights", "You are both free on Thursdays"]

Begin = Callable[..., Relationship]


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def programme(cast: Cast) -> Programme:
    return programme_of(cast, CHARITY)


def programme_of(cast: Cast, model: str) -> Programme:
    """A programme by a shipped practice model, with Mina, Theo and Ruth in it and Cora beside it."""
    made = people.create_programme(
        actor=None, organisation=cast.organisation, name=model, practice_model=model, now=NOW
    )
    give(cast.mina, roles.MEMBER, made)
    give(cast.theo, roles.SUPPORTER, made)
    give(cast.ruth, roles.SUPPORTER, made)
    give(cast.cora, roles.COORDINATOR, made)
    return made


@pytest.fixture
def begin(cast: Cast) -> Begin:
    def make(
        programme: Programme, member: Person | None = None, supporter: Person | None = None
    ) -> Relationship:
        member, supporter = member or cast.mina, supporter or cast.theo
        return services.begin(
            actor=member, programme=programme, member=member, supporter=supporter, reasons=REASONS, now=NOW
        )

    return make


@pytest.fixture
def walk(begin: Begin, programme: Programme) -> Relationship:
    return begin(programme)


@pytest.fixture
def come_in(client: Client) -> Callable[[Person], Client]:
    """This browser, signed in as somebody, with the second proof shown."""

    return partial(enters, client)
