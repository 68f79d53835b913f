"""Saying that everybody's words are read before they go: in a programme, or in one conversation."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.conversations import gates
from companionway.conversations import policy as conversations_policy
from companionway.conversations import services as conversations
from companionway.foundation.events import announce
from companionway.foundation.policy import Refused, require
from companionway.people.models import Person, Programme
from companionway.release import events, policy, spaces
from companionway.release.models import Space


@transaction.atomic
def hold_programme(*, actor: Person, programme: Programme, is_on: bool, now: datetime) -> None:
    """Every conversation of it, at once and for everybody; what waits goes on waiting to be read. Twice is once.

    Refused where it is always so. Source: issue 4 ("hold-before-publish switch per space (always on for minors)").
    """
    require(policy.may_hold_space(actor, programme))
    if spaces.must_be(programme, ()):
        raise Refused(always())
    _switch(actor, programme, None, is_on, now)


@transaction.atomic
def hold_conversation(*, actor: Person, conversation_id: int, is_on: bool, now: datetime) -> None:
    """One conversation; both are told by a line in it. Raises Refused. Source: as above."""
    talk = (
        conversations_policy.lookable_by(actor).select_related("programme").filter(pk=conversation_id).first()
    )
    if talk is None:
        raise Refused(_("This is not open to you."))
    why = spaces.why_held(talk.pk)
    if why == spaces.WhyHeld.AGE:
        raise Refused(always())
    if why == spaces.WhyHeld.GROUPS:
        raise Refused(_("In this programme everything written in a group is read first."))
    if _switch(actor, talk.programme, talk.pk, is_on, now):
        conversations.say_system_line(
            actor=actor, conversation=talk, key="read_first" if is_on else "read_no_more", now=now
        )


def always() -> str:
    return _("Where somebody is under 18 everything is read first. This cannot be switched off.")


def _switch(
    actor: Person, programme: Programme, conversation_id: int | None, is_on: bool, now: datetime
) -> bool:
    """Whether anything changed. In the order of messages: none is being written meanwhile."""
    conversations.first_in_order()
    row = Space.objects.filter(programme=programme, conversation=conversation_id)
    if row.exists() == is_on:
        return False
    if is_on:
        Space.objects.create(
            programme=programme, conversation_id=conversation_id, since_at=now, held_by=actor
        )
    else:
        row.delete()
    spaces.forget()
    if conversation_id:
        gates.changed_in(conversation_id)
    else:
        transaction.on_commit(gates.forget_places)
    subject = f"conversation:{conversation_id}" if conversation_id else f"programme:{programme.pk}"
    announce(
        events.SpaceSwitched(
            actor_id=actor.pk,
            subject=subject,
            programme_id=programme.pk,
            conversation_id=conversation_id,
            is_on=is_on,
        ),
        at=now,
    )
    return True
