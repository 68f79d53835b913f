"""One person's own side of a conversation: what they have read, what they have not sent yet, what they would show."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from companionway.conversations import events, places, policy, queries, telling
from companionway.conversations.models import Conversation, Draft, Message, Participant
from companionway.conversations.words import fit_client_id
from companionway.foundation import sealing
from companionway.foundation.events import announce
from companionway.foundation.policy import Refused, require
from companionway.people.models import Person
from companionway.ui.forms import tidy

DRAFT_LENGTH = 20_000


@transaction.atomic
def mark_read(*, actor: Person, conversation: Conversation, up_to: int, now: datetime) -> None:
    """They have read as far as this message. Not announced: reading is nobody else's business."""
    newest = (
        Message.objects.filter(conversation=conversation, id__lte=up_to).aggregate(id=Max("id"))["id"] or 0
    )
    mine = Participant.objects.filter(conversation=conversation, person=actor, left_at=None)
    if mine.filter(last_read_id__lt=newest).update(last_read_id=newest):
        transaction.on_commit(lambda: telling.tell_seen(conversation.pk, actor.pk, newest))
    else:
        require(policy.may_read(actor, conversation))


@transaction.atomic
def mark_unread(*, actor: Person, message: Message, now: datetime) -> None:
    """Come back to it later: this message and what follows count as new again."""
    require(policy.may_read(actor, message.conversation))
    mine = Participant.objects.filter(conversation=message.conversation_id, person=actor)
    mine.filter(last_read_id__gte=message.pk).update(last_read_id=message.pk - 1)


@transaction.atomic
def keep_draft(
    *,
    actor: Person,
    conversation: Conversation,
    text: str,
    note: str = "",
    client_id: str = "",
    now: datetime,
) -> None:
    """Keep unsent words, sealed for their writer alone; no words means none are kept."""
    require(policy.may_read(actor, conversation))
    if len(text) > DRAFT_LENGTH:
        raise Refused(
            _("This is too long to keep as a draft. It is still on your screen: shorten it a little.")
        )
    text = tidy(text)
    if not text.strip():
        Draft.objects.filter(person=actor, conversation=conversation).delete()
        return
    name = fit_client_id(client_id)
    if queries.was_sent(actor, name):
        name = fit_client_id("")  # from another device, while this one wrote on
    facts = {"text": text, "note": tidy(note)[:200], "client_id": name}
    draft = Draft(person=actor, conversation=conversation)
    sealed = sealing.seal_facts(sealing.key_of(sealing.PERSON, actor.pk), facts, draft.place)
    Draft.objects.update_or_create(
        person=actor, conversation=conversation, defaults={"sealed": sealed, "changed_at": now}
    )


@transaction.atomic
def choose_signals(
    *, actor: Person, conversation: Conversation, seen: bool, typing: bool, now: datetime
) -> None:
    """Whether they would share "seen" and "writing now"; either is shown only when everybody wants it."""
    require(policy.may_read(actor, conversation))
    mine = Participant.objects.filter(conversation=conversation, person=actor)
    mine.update(wants_seen=seen, wants_typing=typing)
    places.forget(conversation.pk)
    subject = f"conversation:{conversation.pk}"
    announce(
        events.SignalsChosen(actor_id=actor.pk, subject=subject, conversation_id=conversation.pk), at=now
    )
