"""What we do when others tell: who may be introduced changed; somebody stopped, came back, left, or is not well."""

from __future__ import annotations

from django.db.models import F
from django.utils import timezone

from companionway.foundation.events import Event, on
from companionway.introductions import services
from companionway.introductions.models import PoolVersion
from companionway.people.events import (
    CameBack,
    ConsentGiven,
    ConsentWithdrawn,
    Erased,
    NeedsStated,
    Paused,
    ProfileChanged,
    RoleEnded,
    RoleGiven,
)
from companionway.people.models import Person, Programme, Purpose
from companionway.people.queries import has_consent
from companionway.practice import queries as practice
from companionway.practice.events import LimitsChanged, NotWell, SupportOffered, WellAgain
from companionway.safety.events import Blocked, BlockLifted, KeptApart, KeptApartEnded
from companionway.supervision.events import ExtraPlaceEnded, ExtraPlaceGiven, HeldBack, LetGo
from companionway.support.events import Began, Ended

_CHANGING: tuple[type[Event], ...] = (
    SupportOffered, LimitsChanged, NotWell, WellAgain, ProfileChanged, NeedsStated, ConsentGiven, ConsentWithdrawn,
    Paused, CameBack, Erased, RoleGiven, RoleEnded, Blocked, BlockLifted, KeptApart, KeptApartEnded, Began, Ended,
    HeldBack, LetGo, ExtraPlaceGiven, ExtraPlaceEnded,
)  # fmt: skip
"""Whatever decides who may be introduced to whom."""
_OF_ONE_PRACTICE = (
    SupportOffered,
    LimitsChanged,
    NotWell,
    WellAgain,
    HeldBack,
    LetGo,
    ExtraPlaceGiven,
    ExtraPlaceEnded,
)
_ABOUT_PAIRS_OR_ROLES = (Blocked, BlockLifted, KeptApart, KeptApartEnded, Erased, RoleGiven, RoleEnded)


def renew_snapshots(event: Event) -> None:
    """Kept snapshots that this touches are out of date; running twice only makes them older still.

    They hold supporters and pairs kept apart. Members are read afresh each time, so what only a member changes
    touches none.
    """
    everywhere = isinstance(event, _ABOUT_PAIRS_OR_ROLES)
    touched = Programme.objects.values_list("pk", flat=True) if everywhere else _offers_of(event)
    rows = [PoolVersion(programme_id=each) for each in touched]
    PoolVersion.objects.bulk_create(rows, ignore_conflicts=True)
    PoolVersion.objects.filter(programme__in=[row.programme_id for row in rows]).update(
        version=F("version") + 1
    )


def _offers_of(event: Event) -> list[int]:
    """Programmes in which the supporter whom the event is about offers support."""
    person = event.about_id or event.actor_id
    if isinstance(event, Began | Ended):
        person = event.supporter_id
    elif isinstance(event, _OF_ONE_PRACTICE):
        person = event.person_id
    return practice.programmes_where_offering(person) if person is not None else []


for _each in _CHANGING:
    on(_each)(renew_snapshots)


@on(Ended)
def look_for_someone_else(event: Ended) -> None:
    member = Person.objects.here().filter(pk=event.member_id).first()
    if event.wants_someone_else and member is not None:
        services.look_for_someone_else(actor=member, programme_id=event.programme_id, now=timezone.now())


@on(Paused)
def rest_with_the_account(event: Paused) -> None:
    _stop(event.actor_id)


@on(ConsentWithdrawn)
def rest_without_consent(event: ConsentWithdrawn) -> None:
    if event.purpose == Purpose.MATCHING:
        _stop(event.actor_id)


@on(CameBack)
def wake_with_the_account(event: CameBack) -> None:
    _start(event.actor_id)


@on(ConsentGiven)
def wake_with_consent(event: ConsentGiven) -> None:
    if event.purpose == Purpose.MATCHING:
        _start(event.actor_id)


@on(RoleEnded)
def let_go_with_the_role(event: RoleEnded) -> None:
    person = _person(event.about_id or event.actor_id)
    if person is None or event.programme_id is None:
        return
    where, now = event.programme_id, timezone.now()
    if not person.holds("support.accompany", where):
        services.let_go_of_supporter(actor=person, programme_id=where, now=now)
    if not person.holds("support.ask", where):
        services.rest_requests_of(actor=person, programme_id=where, now=now)


@on(NotWell)
def hand_questions_on(event: NotWell) -> None:
    people = Person.objects.in_bulk([each for each in (event.person_id, event.cover_id) if each])
    if event.person_id in people:
        cover = people.get(event.cover_id) if event.cover_id else None
        services.hand_to_cover(
            actor=people[event.person_id], programme_id=event.programme_id, cover=cover, now=timezone.now()
        )


@on(Blocked)
def close_after_a_block(event: Blocked) -> None:
    if event.actor_id is not None:
        services.close_between(one_id=event.actor_id, other_id=event.blocked_id, now=timezone.now())


@on(KeptApart)
def close_when_kept_apart(event: KeptApart) -> None:
    services.close_between(one_id=event.one_id, other_id=event.other_id, now=timezone.now())


def _stop(person_id: int | None) -> None:
    person = _person(person_id)
    if person is not None:
        services.rest_requests_of(actor=person, now=timezone.now())
        services.let_go_of_supporter(actor=person, now=timezone.now())


def _start(person_id: int | None) -> None:
    person = _person(person_id)
    is_here = person is not None and person.erased_at is None and person.paused_at is None
    if person is not None and is_here and has_consent(person, Purpose.MATCHING):
        services.wake_requests_of(actor=person, now=timezone.now())


def _person(person_id: int | None) -> Person | None:
    return Person.objects.filter(pk=person_id).first() if person_id is not None else None
