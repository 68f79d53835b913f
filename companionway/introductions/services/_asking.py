"""A member asks: for somebody, and then this one or that one."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.foundation.events import announce
from companionway.foundation.policy import Refused, require
from companionway.foundation.sealing import PERSON, key_of, seal_facts
from companionway.introductions import policy
from companionway.introductions.events import Asked, SupporterAsked, WishesChanged
from companionway.introductions.models import WISHES, Introduction, Request
from companionway.introductions.queries import wishes_of
from companionway.introductions.services._bringing import begin, not_able
from companionway.introductions.services._moving import locked_request, of_request, of_two
from companionway.introductions.states import Answer, Door, RequestState
from companionway.people import queries as people
from companionway.people import services as people_services
from companionway.people.models import Person, Programme, Purpose
from companionway.practice import queries as practice


@transaction.atomic
def ask(*, actor: Person, programme: Programme, agrees_to_matching: bool = False, now: datetime) -> Request:
    """Ask for somebody: from this moment the person has a place in the line, whatever they still want to say.

    Needs their yes to using what they share for this purpose; with `agrees_to_matching` it is given here. Asking
    twice gives the same request.
    """
    require(policy.may_ask(actor, programme))
    Person.objects.select_for_update().get(pk=actor.pk)
    kept = Request.objects.filter(
        member=actor, programme=programme, state__in=[RequestState.OPEN, RequestState.PAUSED]
    ).first()
    if kept:
        return kept
    if not people.has_consent(actor, Purpose.MATCHING):
        if not agrees_to_matching:
            raise Refused(_("To look for somebody we need your yes to using what you share for it."))
        people_services.give_consent(actor=actor, purpose=Purpose.MATCHING, now=now)
    request = Request.objects.create(member=actor, programme=programme, asked_at=now, changed_at=now)
    announce(Asked(**of_request(actor.pk, request)), at=now)
    return request


@transaction.atomic
def change_wishes(*, actor: Person, request: Request, changes: dict[str, Any], now: datetime) -> Request:
    """Say what matters, one answer at a time: only the named fields of `Wishes` change. The place in line stays."""
    locked = locked_request(actor, request)
    require(policy.may_keep_request(actor, locked))
    wishes = replace(wishes_of(locked), **changes)
    locked.sealed_wishes = seal_facts(key_of(PERSON, actor.pk), wishes.facts(), WISHES)
    # A list made for other wishes is no longer theirs; the next one is made when they look.
    locked.sealed_suggestions, locked.suggested_at, locked.changed_at = None, None, now
    locked.save(update_fields=["sealed_wishes", "sealed_suggestions", "suggested_at", "changed_at"])
    announce(WishesChanged(**of_request(actor.pk, locked)), at=now)
    return locked


@transaction.atomic
def welcome_offers(*, actor: Person, request: Request, welcomes: bool, now: datetime) -> Request:
    """Let supporters of the programme read the need without a name and offer, or stop letting them."""
    locked = locked_request(actor, request)
    require(
        policy.may_use_door(actor, locked, Door.OFFER) if welcomes else policy.may_keep_request(actor, locked)
    )
    locked.welcomes_offers, locked.changed_at = welcomes, now
    locked.save(update_fields=["welcomes_offers", "changed_at"])
    announce(WishesChanged(**of_request(actor.pk, locked)), at=now)
    return locked


@transaction.atomic
def ask_supporter(
    *, actor: Person, request: Request, practice_public_id: str, door: Door, now: datetime
) -> Introduction:
    """Ask this supporter, found by browsing or among the suggestions: the member's own yes is given with it.

    At most three asks at a time wait for an answer. Whatever forbids that the two meet, the answer is the same
    gentle one.
    """
    locked = locked_request(actor, request)
    require(policy.may_use_door(actor, locked, door))
    if door not in (Door.BROWSE, Door.SUGGEST):
        raise not_able()
    waiting = Introduction.objects.held_by_the_member().filter(request=locked).count()
    if waiting >= policy.MOST_OPEN_ASKS:
        raise Refused(
            _(
                "You have asked three people. Wait for an answer, or take one back; then you can ask somebody else."
            )
        )
    ids = practice.ids_of(locked.programme, [practice_public_id])
    found = practice.by_ids(ids)
    if not found:
        raise not_able()
    row = begin(locked, found[0].person, door, now, member_answer=Answer.YES)
    announce(SupporterAsked(**of_two(actor.pk, row, row.supporter_id)), at=now)
    return row
