"""Small steps that bring the cast to where a test begins, by calling the services people call."""

from __future__ import annotations

from datetime import datetime

from companionway.foundation import events
from companionway.introductions import queries, services
from companionway.introductions.models import Introduction, Request
from companionway.introductions.states import Door
from companionway.people import roles
from companionway.people import services as people
from companionway.people.models import Person, Programme, Purpose
from companionway.practice import services as practice
from companionway.practice.models import SupporterPractice
from companionway.practice.queries import Offer
from tests.cast import NOW, give, make_person


def settle() -> None:
    """Let every reaction run, as the worker does."""
    while events.deliver():
        pass


def agree(person: Person, now: datetime = NOW) -> Person:
    people.give_consent(actor=person, purpose=Purpose.MATCHING, now=now)
    return person


def ready_supporter(
    person: Person,
    programme: Programme,
    *,
    places: int = 2,
    about: str = "I like walks by the sea.",
    offer: Offer | None = None,
    now: datetime = NOW,
) -> SupporterPractice:
    """A supporter who would welcome somebody new."""
    agree(person)
    row = practice.offer_support(actor=person, programme=programme, now=now)
    practice.write_about(actor=person, practice=row, words=about, now=now)
    if offer:
        practice.describe_offer(actor=person, practice=row, offer=offer, now=now)
    row = practice.set_limits(
        actor=person,
        practice=row,
        accepting=True,
        places=places,
        weekly_minutes=600,
        minutes_each=30,
        now=now,
    )
    settle()
    return row


def new_supporter(name: str, programme: Programme, **limits: object) -> SupporterPractice:
    person = make_person(name)
    give(person, roles.SUPPORTER, programme)
    return ready_supporter(person, programme, **limits)  # type: ignore[arg-type]


def ask(
    person: Person, programme: Programme, *, welcomes_offers: bool = False, now: datetime = NOW
) -> Request:
    request = services.ask(actor=person, programme=programme, agrees_to_matching=True, now=now)
    if welcomes_offers:
        request = services.welcome_offers(actor=person, request=request, welcomes=True, now=now)
    settle()
    return request


def new_member(name: str, programme: Programme, **asking: object) -> Request:
    person = make_person(name)
    give(person, roles.MEMBER, programme)
    return ask(person, programme, **asking)  # type: ignore[arg-type]


def asked(request: Request, practice_row: SupporterPractice, now: datetime = NOW) -> Introduction:
    """The member has asked this supporter."""
    return services.ask_supporter(
        actor=request.member,
        request=request,
        practice_public_id=practice_row.public_id,
        door=Door.BROWSE,
        now=now,
    )


def shown_to(request: Request) -> set[str]:
    """Addresses of everybody this member may ask, over all pages."""
    cards, page = queries.browse(request, 1)
    found = {card.public_id for card in cards}
    for number in range(2, page.paginator.num_pages + 1):
        found |= {card.public_id for card in queries.browse(request, number)[0]}
    return found
