"""A newcomer asks one; that one says yes or not now. Nobody else is told, and no record names the two."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.foundation.events import announce
from companionway.foundation.policy import Refused, require
from companionway.people.models import Person
from companionway.safety import queries as safety
from companionway.sponsors import policy
from companionway.sponsors.events import Answered, Asked
from companionway.sponsors.models import Ask, Offer, Temporary
from companionway.sponsors.states import LASTS, MOVES, Answer
from companionway.support import services as support


@transaction.atomic
def ask(*, actor: Person, offer: Offer, now: datetime) -> Ask:
    """Ask one of the list, without a word of explanation. One at a time in a group. Raises Refused.

    To somebody from whom one is kept apart the ask is kept and never shown: it ends as every ask that is not answered.
    """
    # Whoever asks twice in one moment asks one after the other.
    Person.objects.select_for_update().get(pk=actor.pk)
    rows = policy.visible_to(actor, now).select_related("group__programme", "person")
    found = rows.filter(pk=offer.pk).first()
    if found is None:
        raise Refused(_("They are not on the list any more. Nobody has done anything wrong."))
    require(policy.may_ask(actor, found, now))
    row = Ask.objects.create(group=found.group, asker=actor, sponsor=found.person, asked_at=now)
    if not safety.never_together(actor.pk, found.person_id):
        announce(Asked(actor_id=None, about_id=found.person_id, subject=f"person:{found.person_id}"), at=now)
    return row


@transaction.atomic
def answer(*, actor: Person, ask: Ask, says_yes: bool, now: datetime) -> Temporary | None:
    """Yes or not now, without a reason. Raises Refused.

    With a yes the two are together as sponsor and sponsee for a while, where their organisation has a sponsorship and
    the one who was asked is a sponsor in it (`support.services.begin`: places, blocks, ages are asked there). Without
    one the answer says that they talk with each other at the meeting. Source: features.md F17.
    """
    rows = policy.asks_waiting_for(actor, now).select_for_update(of=("self",))
    locked = rows.select_related("group__programme", "asker", "sponsor").filter(pk=ask.pk).first()
    if locked is None:
        raise Refused(_("This does not wait for you."))
    require(policy.may_answer(actor, locked, now))
    begun = None
    asker, place = locked.asker, policy.place_for(actor, locked.asker)
    if says_yes and policy.together(actor, asker):
        raise Refused(
            _("The two of you walk together already. In a circle of two nobody would hold the other.")
        )
    if says_yes and place is not None:
        walk = support.begin(actor=actor, programme=place, member=asker, supporter=actor, reasons=(), now=now)
        begun = Temporary.objects.create(relationship=walk, until_on=(now + LASTS).date())
        Ask.objects.filter(asker=actor, sponsor=asker).delete()
        locked.delete()
    else:
        to = Answer.YES if says_yes else Answer.NOT_NOW
        assert to in MOVES[locked.answer]
        locked.answer = to
        locked.save(update_fields=["answer"])
    announce(Answered(actor_id=None, about_id=asker.pk, subject=f"person:{asker.pk}"), at=now)
    return begun


@transaction.atomic
def read_answer(*, actor: Person, ask: Ask, now: datetime) -> None:
    """The answer was read, or one takes back what one asked: nothing of it stays, and one may ask somebody else."""
    policy.asks_of(actor).filter(pk=ask.pk).delete()
