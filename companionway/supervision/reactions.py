"""What we do when others tell: a role was given or ended, somebody left, somebody blocked the other."""

from __future__ import annotations

from django.utils import timezone

from companionway.concerns.events import ConcernClosed, ConcernStoodDown, DebriefAnswered
from companionway.foundation.events import on
from companionway.people.events import Erased, LetBack, RoleEnded, RoleGiven
from companionway.people.models import Person
from companionway.safety.events import Blocked
from companionway.supervision import services


@on(RoleGiven)
def part_from_whoever_became_the_manager(event: RoleGiven) -> None:
    """Whoever coordinates a programme from now on is no practice supervisor in it any more."""
    _look_again(event.about_id or event.actor_id, event.programme_id)


@on(RoleEnded)
def part_with_the_role(event: RoleEnded) -> None:
    _look_again(event.about_id or event.actor_id, event.programme_id)


@on(LetBack)
def take_up_again_what_rested(event: LetBack) -> None:
    person = Person.objects.filter(pk=event.about_id or 0).first()
    if person is not None:
        now, where = timezone.now(), event.programme_id
        services.take_up_again(actor=None, person=person, programme_id=where, now=now)


@on(Erased)
def part_from_whoever_left(event: Erased) -> None:
    _look_again(event.about_id or event.actor_id, None)


@on(Blocked)
def part_after_a_block(event: Blocked) -> None:
    people = Person.objects.in_bulk([event.actor_id, event.blocked_id])
    if len(people) == 2 and event.actor_id is not None:
        services.part_from(actor=people[event.actor_id], other=people[event.blocked_id], now=timezone.now())


@on(ConcernClosed)
def a_debrief_after_a_concern(event: ConcernClosed) -> None:
    services.offer_after_concern(actor=None, concern_id=event.concern_id, now=timezone.now())


@on(ConcernStoodDown)
def a_debrief_after_what_was_stood_down(event: ConcernStoodDown) -> None:
    """It was not needed after all; whoever carried it until then is asked how they are, all the same."""
    services.offer_after_concern(actor=None, concern_id=event.concern_id, now=timezone.now())


@on(DebriefAnswered)
def one_answer_holds_in_both_rooms(event: DebriefAnswered) -> None:
    person = Person.objects.filter(pk=event.actor_id or 0).first()
    if person is not None:
        now = timezone.now()
        services.follow_the_concern(actor=person, concern_id=event.concern_id, wanted=event.wanted, now=now)


def _look_again(person_id: int | None, programme_id: int | None) -> None:
    person = Person.objects.filter(pk=person_id or 0).first()
    if person is not None:
        services.part_after_change(actor=None, person=person, programme_id=programme_id, now=timezone.now())
