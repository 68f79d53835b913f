from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from companionway.concerns import services
from companionway.concerns.models import Concern
from companionway.concerns.states import DecisionKind
from companionway.oncall.models import Turn
from companionway.oncall.states import Step
from companionway.people import roles
from companionway.people.models import Person
from tests.cast import NOW, Cast, give, make_cast, make_person


@dataclass(frozen=True)
class House:
    """The cast, with a ladder: Ben is first on call, Cora the backup, Lena the lead."""

    cast: Cast
    ben: Person
    cora: Person
    lena: Person

    def told(self, **given) -> Concern:
        """Theo is worried about Mina."""
        asked = {
            "actor": self.cast.theo, "organisation": self.cast.organisation, "about": self.cast.mina, "now": NOW,
        }  # fmt: skip
        return services.raise_concern(**(asked | given))

    def held(self, **given) -> Concern:
        return services.acknowledge(actor=self.ben, concern=self.told(**given), now=given.get("now", NOW))

    def closed(self, *, at: datetime = NOW, kind=DecisionKind.MEMBER_TOLD, **given) -> Concern:
        held = self.held(**given)
        services.record_decision(actor=self.ben, concern=held, kind=kind, words="We asked her.", now=at)
        return services.close(actor=self.ben, concern=held, outcome="talked", now=at)


STEPS = {roles.ON_CALL: Step.FIRST, roles.COORDINATOR: Step.BACKUP, roles.SAFEGUARDING_LEAD: Step.LEAD}


def on_call(name: str, role: str) -> Person:
    person = make_person(name)
    give(person, role, None)
    if role in STEPS:
        has_turn(person, STEPS[role])
    return person


def has_turn(person: Person, step: Step) -> Turn:
    """One long turn: longer than anybody would do, so that a test can move through the night and the next weeks."""
    return Turn.objects.create(
        organisation=person.organisation, person=person, step=step, made_at=NOW,
        starts_at=NOW - timedelta(days=300), ends_at=NOW + timedelta(days=400),
    )  # fmt: skip


@pytest.fixture
def cast(db) -> Cast:
    return make_cast()


@pytest.fixture
def house(cast: Cast) -> House:
    has_turn(cast.cora, Step.BACKUP)
    return House(cast, on_call("Ben", roles.ON_CALL), cast.cora, on_call("Lena", roles.SAFEGUARDING_LEAD))
