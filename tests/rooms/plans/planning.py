"""Writing and sharing a plan in tests, by the deeds a person would do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from companionway.people.models import Person
from companionway.plans import circle, services
from companionway.plans.kinds import HARD_DAYS, Kind
from companionway.plans.models import PlanShare
from companionway.plans.queries import Contact
from companionway.plans.states import ShareFor
from companionway.support import services as support
from companionway.support.models import Relationship
from tests.cast import NOW, Cast

PARTS = HARD_DAYS.parts
SIGNS, ALONE, COMPANY, ASK, SERVICES, SAFER = PARTS


def walk(cast: Cast) -> Relationship:
    """Mina and Theo are together."""
    return support.begin(
        actor=cast.theo, programme=cast.programme, member=cast.mina, supporter=cast.theo, reasons=[], now=NOW
    )


def write(
    person: Person, part: str, words: str, contacts: Sequence[Contact] = (), kind: Kind = HARD_DAYS
) -> None:
    services.write_part(
        actor=person, kind=kind, prompt=kind.prompt(part), words=words, contacts=contacts, now=NOW
    )


def share(
    person: Person,
    part: str,
    reader: Person,
    lasts: ShareFor = ShareFor.WEEK,
    now: datetime = NOW,
    kind: Kind = HARD_DAYS,
) -> PlanShare:
    return services.share_parts(actor=person, kind=kind, parts=[part], reader=reader, lasts=lasts, now=now)[0]


@contextmanager
def on_call_for(who: Person, about: Person) -> Iterator[None]:
    """As the concern's room says it: `who` is on call for an open concern about `about`."""
    people = Person.objects.filter(pk=about.pk)
    key = f"test {who.pk}"
    circle.register_danger(key, lambda actor, now: people if actor.pk == who.pk else people.none())
    try:
        yield
    finally:
        del circle._endangered[key]


@contextmanager
def supervised(supporter: Person, supervisor: Person) -> Iterator[None]:
    """As the room of supervision says it."""
    was = circle._readers["supervisors"], circle._owners["supervisors"]
    one = Person.objects.filter(pk=supervisor.pk)
    other = Person.objects.filter(pk=supporter.pk)
    circle.register(
        "supervisors",
        readers_of=lambda pk: one if pk == supporter.pk else one.none(),
        owners_of=lambda pk: other if pk == supervisor.pk else other.none(),
    )
    try:
        yield
    finally:
        circle._readers["supervisors"], circle._owners["supervisors"] = was
