"""Handing a turn over to a named other: it stays where it is until that person says yes."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.foundation.events import announce
from companionway.foundation.policy import Refused, require
from companionway.oncall import keeping_turns, policy
from companionway.oncall.events import OfferDeclined, OfferWithdrawn, TurnHandedOver, TurnOffered
from companionway.oncall.models import Offer, Turn
from companionway.oncall.states import OfferState
from companionway.people.models import Person
from companionway.reasoning.rota import Span


@transaction.atomic
def hand_over(*, actor: Person, turn: Turn, to: Person, now: datetime) -> Offer:
    """Ask one named person to go on with (the rest of) a turn. Until they say yes nothing changes. Raises Refused."""
    keeping_turns.begin(actor.organisation_id, now)
    locked = Turn.objects.select_for_update().select_related("person").get(pk=turn.pk)
    require(policy.may_hand_over(actor, locked, to, now))
    if locked.offers.filter(state=OfferState.WAITING).exists():
        raise Refused(_("Somebody has been asked already. Wait for the answer, or take the question back."))
    _require_free(locked, to, now)
    offer = Offer.objects.create(turn=locked, to=to, offered_at=now)
    announce(TurnOffered(actor_id=actor.pk, about_id=to.pk, subject=f"turn_offer:{offer.pk}"), at=now)
    return offer


@transaction.atomic
def accept_turn(*, actor: Person, offer: Offer, now: datetime) -> Turn:
    """Say yes: from this moment (or from its beginning) the turn is the actor's, without a gap. Raises Refused."""
    keeping_turns.begin(actor.organisation_id, now)
    locked = _locked(offer)
    require(policy.may_answer(actor, locked))
    require(policy.may_hand_over(locked.turn.person, locked.turn, actor, now))
    _require_free(locked.turn, actor, now)
    before = locked.turn
    _answer(locked, OfferState.ACCEPTED, now)
    keeping_turns.end(before, now)
    turn = Turn.objects.create(
        organisation_id=before.organisation_id,
        person=actor,
        step=before.step,
        starts_at=max(now, before.starts_at),
        ends_at=before.ends_at,
        took_over=before,
        made_at=now,
    )
    announce(
        TurnHandedOver(
            actor_id=actor.pk, about_id=before.person_id, subject=f"turn:{turn.pk}", from_turn_id=before.pk
        ),
        at=now,
    )
    return turn


@transaction.atomic
def decline_turn(*, actor: Person, offer: Offer, now: datetime) -> None:
    """Say that it is not possible. Nobody is asked why; the turn stays with whoever has it. Raises Refused."""
    locked = _locked(offer)
    require(policy.may_answer(actor, locked))
    _answer(locked, OfferState.DECLINED, now)
    told = OfferDeclined(actor_id=actor.pk, about_id=locked.turn.person_id, subject=f"turn_offer:{locked.pk}")
    announce(told, at=now)


@transaction.atomic
def withdraw_offer(*, actor: Person, offer: Offer, now: datetime) -> None:
    """Take the question back: the turn stays with whoever has it. Raises Refused."""
    locked = _locked(offer)
    require(policy.may_withdraw(actor, locked))
    _answer(locked, OfferState.WITHDRAWN, now)
    announce(
        OfferWithdrawn(actor_id=actor.pk, about_id=locked.to_id, subject=f"turn_offer:{locked.pk}"), at=now
    )


def _locked(offer: Offer) -> Offer:
    return Offer.objects.select_for_update(of=("self",)).select_related("turn__person").get(pk=offer.pk)


def _answer(offer: Offer, state: OfferState, now: datetime) -> None:
    offer.state, offer.answered_at = state, now
    offer.save(update_fields=["state", "answered_at"])


def _require_free(turn: Turn, to: Person, now: datetime) -> None:
    span = Span(max(now, turn.starts_at), turn.ends_at)
    others = keeping_turns.in_the_way(turn.organisation_id, to, turn.step, span, now).exclude(pk=turn.pk)
    if others.exists():
        raise Refused(_("%(name)s has a turn at that time already.") % {"name": to.name})
