"""Break-glass: staff read a conversation as a deed, with a reason that both people are shown."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.conversations import events, policy
from companionway.conversations.models import Conversation, LookInside, Participant
from companionway.conversations.services._sending import say_system_line
from companionway.foundation import sealing
from companionway.foundation.events import announce
from companionway.foundation.policy import Refused, require
from companionway.noticing.models import Noticed
from companionway.people import services as people
from companionway.people.models import Person
from companionway.ui.forms import tidy_line

LASTS = timedelta(minutes=60)
LEAST_REASON, MOST_REASON = 10, 500


@transaction.atomic
def look_inside(*, actor: Person, conversation: Conversation, reason: str, now: datetime) -> LookInside:
    """Open a conversation for an hour, to read only. Told to both people at once, with name and reason.

    Raises Refused when this programme does not allow it, or the reason says too little.
    """
    require(policy.may_look_inside(actor, conversation))
    return _open(actor, conversation, reason, now)


@transaction.atomic
def open_noticed(*, actor: Person, noticed: Noticed, reason: str, now: datetime) -> LookInside:
    """Somebody on call opens what was noticed, with a few turns around it; told to both people as `look_inside` is.

    Raises Refused.
    """
    require(policy.may_open_noticed(actor, noticed))
    return _open(actor, Conversation.objects.get(pk=noticed.conversation_id), reason, now)


def _open(actor: Person, conversation: Conversation, reason: str, now: datetime) -> LookInside:
    reason = tidy_line(reason)
    if not LEAST_REASON <= len(reason) <= MOST_REASON:
        raise Refused(_("Please say why, in a sentence. Both people will read it."))
    key = sealing.key_of(sealing.CONVERSATION, conversation.pk)
    look = LookInside.objects.create(
        conversation=conversation,
        person=actor,
        sealed_reason=key.seal(reason, f"look:{actor.pk}"),
        opened_at=now,
        until_at=now + LASTS,
    )
    say_system_line(
        actor=actor, conversation=conversation, key="looked_inside", name=actor.name, reason=reason, now=now
    )
    subject = f"conversation:{conversation.pk}"
    for each in Participant.objects.filter(conversation=conversation).select_related("person"):
        # Both also find it among the reads of their records, long after the line in the talk has scrolled away.
        people.record_read(
            actor=actor, about=each.person, subject=subject, reason_key="looked_inside", now=now
        )
        announce(
            events.LookedInside(
                actor_id=actor.pk, subject=subject, about_id=each.person_id, conversation_id=conversation.pk
            ),
            at=now,
        )
    return look
