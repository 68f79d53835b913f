"""What each supporter offers, opened: for their own pages, and for the pool from which people are introduced."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from companionway.foundation.sealing import PERSON, KeyDestroyed, key_of, open_facts, preload
from companionway.people.models import Person, Programme
from companionway.practice.models import ABOUT, OFFER, SupporterPractice
from companionway.practice.queries._room import rooms


@dataclass(frozen=True, slots=True)
class Offer:
    """What somebody is able and would like to do. `cannot_topics` has no reasons, and none is ever asked."""

    languages: list[str] = field(default_factory=list)
    modes: list[str] = field(default_factory=list)
    wish_topics: list[str] = field(default_factory=list)
    cannot_topics: list[str] = field(default_factory=list)
    accepts: list[str] = field(default_factory=list)
    stage: str = ""

    def facts(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Offered:
    """A practice with its person and everything that decides whom they could meet."""

    practice: SupporterPractice
    person: Person
    offer: Offer
    room: int


def offer_of(practice: SupporterPractice) -> Offer:
    """What this person offers, for their own page and for matching; never for a coordinator's page."""
    if not practice.sealed_offer:
        return Offer()
    facts = open_facts(key_of(PERSON, practice.person_id), practice.sealed_offer, OFFER) or {}
    return Offer(**{name: facts[name] for name in Offer.__slots__ if name in facts})


def about_of(practice: SupporterPractice) -> str:
    """The few words they show to members who look for somebody."""
    if not practice.sealed_about:
        return ""
    return key_of(PERSON, practice.person_id).open(practice.sealed_about, ABOUT)


def abouts(practices: Iterable[SupporterPractice]) -> dict[int, str]:
    """`about_of` for many, by practice id, their keys opened with one query."""
    kept = [each for each in practices if each.sealed_about]
    preload(PERSON, [each.person_id for each in kept])
    return {each.pk: about_of(each) for each in kept}


def offered_in(programme: Programme | int) -> list[Offered]:
    """Everybody who offers support in this programme and is here, whether or not they have room now."""
    here = Person.objects.here()
    practices = SupporterPractice.objects.filter(programme=programme, person__in=here)
    return _opened(practices.select_related("person", "programme"))


def offered_by(practice_ids: Iterable[int]) -> list[Offered]:
    """The same for a few of them, fresh, to look once more before anything is shown or agreed."""
    here = Person.objects.here()
    practices = SupporterPractice.objects.filter(pk__in=list(practice_ids), person__in=here)
    return _opened(practices.select_related("person", "programme"))


def _opened(practices: Iterable[SupporterPractice]) -> list[Offered]:
    kept = list(practices)
    preload(PERSON, [each.person_id for each in kept if each.sealed_offer])
    room = rooms(kept)
    opened = []
    for each in kept:
        try:
            opened.append(Offered(each, each.person, offer_of(each), room[each.pk]))
        except KeyDestroyed:  # erased a moment ago: not here any more
            continue
    return opened
