"""What people do with what was noticed: those on call, the writer with their card, an administrator with the switch."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.foundation import sealing
from companionway.foundation.events import announce
from companionway.foundation.policy import Refused, require
from companionway.noticing import policy
from companionway.noticing.events import CardAnswered, NoticedAnswered, NoticingSwitched, SomethingWaits
from companionway.noticing.models import ANSWER, Answer, Noticed, Switch
from companionway.noticing.opening import REASON
from companionway.noticing.states import NEEDS_REASON, WRITERS_ANSWERS, Deed, Label
from companionway.people.models import Person, Programme
from companionway.ui.forms import tidy

LEAST_REASON, MOST_REASON = 3, 1000


@transaction.atomic
def answer_noticed(
    *, actor: Person, noticed: Noticed, deed: str, reason: str = "", up_to: int = 0, now: datetime
) -> Answer:
    """Say what is done about everything that waits on this side of the conversation, as far as it was seen.

    `up_to` is the newest row that was on the page: what came after it goes on waiting. Nothing is done by the
    service itself. Source: safety.md 5, human decision. Raises Refused.
    """
    require(policy.may_answer(actor, noticed))
    reason = tidy(reason).strip()
    if deed not in Deed.values:
        raise Refused(_("Please choose what you do."))
    if deed in NEEDS_REASON and len(reason) < LEAST_REASON:
        raise Refused(_("Please say in a few words why not. It helps whoever looks next."))
    if len(reason) > MOST_REASON:
        raise Refused(_("Please make this shorter."))
    made = Answer.objects.create(
        programme_id=noticed.programme_id,
        conversation_id=noticed.conversation_id,
        side=noticed.side,
        deed=deed,
        by=actor,
        answered_at=now,
    )
    if reason:
        made.sealed_reason = sealing.key_of(ANSWER, made.pk).seal(reason, REASON)
        made.save(update_fields=["sealed_reason"])
    seen = policy.visible_to(actor).waiting().filter(conversation_id=noticed.conversation_id)
    seen.filter(side=noticed.side, pk__lte=max(up_to, noticed.pk)).update(answer=made)
    announce(
        NoticedAnswered(
            actor_id=actor.pk,
            subject=f"conversation:{noticed.conversation_id}",
            programme_id=noticed.programme_id,
            conversation_id=noticed.conversation_id,
            side=noticed.side,
            deed_key=deed,
        ),
        at=now,
    )
    return made


@transaction.atomic
def answer_card(*, actor: Person, noticed: Noticed, answer: str, now: datetime) -> None:
    """The writer puts their card away, or says that it is not what they meant; kept beside the message, for a human.

    Nothing leaves the queue by that, and the record does not say whose card it was. Raises Refused.
    """
    if answer not in WRITERS_ANSWERS or not policy.own_cards(actor).filter(pk=noticed.pk).exists():
        raise Refused(_("This is not here any more."))
    Noticed.objects.filter(pk=noticed.pk).update(card=answer, card_at=now)
    subject = f"programme:{noticed.programme_id}"
    announce(CardAnswered(actor_id=None, subject=subject, answer_key=answer), at=now)


@transaction.atomic
def tell_what_waits(*, actor: Person | None, now: datetime) -> int:
    """Announce once for each programme and side that something new waits; done by the clock, for all together.

    A minute's messages make one fact, without message or writer. Returns how many rows it stands for.
    """
    fresh = Noticed.objects.waiting().filter(told_at=None, label__gte=Label.SOON)
    rows = list(fresh.values_list("pk", "programme_id", "side", "label"))
    if not rows:
        return 0
    urgent: dict[tuple[int, int], bool] = {}
    for _pk, programme_id, side, label in rows:
        urgent[programme_id, side] = urgent.get((programme_id, side), False) or label == Label.NOW
    for (programme_id, side), is_now in urgent.items():
        subject = f"programme:{programme_id}"
        told = SomethingWaits(
            actor_id=None, subject=subject, programme_id=programme_id, side=side, is_now=is_now
        )
        announce(told, at=now)
    return Noticed.objects.filter(pk__in=[row[0] for row in rows]).update(told_at=now)


@transaction.atomic
def switch(*, actor: Person, programme: Programme, is_on: bool, now: datetime) -> None:
    """Have the messages of a programme looked at, or not. The service is as safe without. Raises Refused."""
    require(policy.may_switch(actor, programme))
    Switch.objects.update_or_create(programme=programme, defaults={"is_on": is_on, "changed_at": now})
    announce(
        NoticingSwitched(
            actor_id=actor.pk, subject=f"programme:{programme.pk}", programme_id=programme.pk, is_on=is_on
        ),
        at=now,
    )
