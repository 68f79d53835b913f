"""Saying "I can be a temporary sponsor", and taking it back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from companionway.foundation.policy import require
from companionway.people.models import Person
from companionway.sponsors import policy
from companionway.sponsors.models import Ask, Offer
from companionway.sponsors.states import OFFER_LASTS


@transaction.atomic
def offer(*, actor: Person, group: Any, now: datetime) -> Offer:
    """Stand on the list of this group with the name one uses here; doing it again renews it.

    It goes by itself after as long as the tradition says for the position (30 days where it does not say), so that
    nobody is asked who has forgotten. Not announced: where nobody keeps who belongs, no record says that somebody does.
    Raises Refused. Source: domain.md 1.2, sponsor list: opt-in, withdraw any time.
    """
    require(policy.may_offer(actor, group))
    position = policy.position_of(group)
    days = position.rotates_after_days if position else 0
    until = now + (timedelta(days=days) if days else OFFER_LASTS)
    row, _is_new = Offer.objects.update_or_create(group=group, person=actor, defaults={"until_at": until})
    return row


@transaction.atomic
def withdraw(*, actor: Person, group: Any, now: datetime) -> None:
    """Off the list at once, without a reason. Whoever asked meanwhile can still be answered, or reads "not now"."""
    Offer.objects.filter(group=group, person=actor).delete()


@transaction.atomic
def let_go(*, actor: Person | None, person: Person, programme_id: int | None, now: datetime) -> None:
    """They take part no more: off every list there (in every programme when None), and they ask nobody any more."""
    where = Q() if programme_id is None else Q(group__programme=programme_id)
    Offer.objects.filter(where, person=person).delete()
    Ask.objects.filter(where, asker=person).delete()
