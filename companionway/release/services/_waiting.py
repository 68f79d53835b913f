"""The trainee's own side: other words while it waits, taking it away, and writing anew after suggestions."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from companionway.conversations import services as conversations
from companionway.conversations.gates import Kept
from companionway.conversations.words import fit
from companionway.foundation import sealing
from companionway.foundation.events import announce
from companionway.foundation.policy import Refused, require
from companionway.noticing.rows import Noted, forget_reasons
from companionway.people.models import Person
from companionway.release import events, policy, queries
from companionway.release.models import HeldReply
from companionway.release.services._locking import locked
from companionway.release.states import ReplyState


@transaction.atomic
def change_reply(*, actor: Person, held: HeldReply, text: str, note: str = "", now: datetime) -> HeldReply:
    """Other words in place of those that wait. The clock goes on; who had read the old ones reads again.

    Raises Unfit or Refused (it was decided meanwhile). Source: F16.
    """
    found = locked(held)
    require(policy.may_change(actor, found))
    text, note = fit(text, note)
    facts = {"text": text, "note": note} if note else {"text": text}
    found.sealed = sealing.seal_facts(queries.key_of(found), facts, found.place)
    found.version, found.changed_at = found.version + 1, now
    found.save(update_fields=["sealed", "version", "changed_at"])
    conversations.look_at_held(
        actor=actor, conversation=found.conversation, number=found.number, client_id=queries.name_of(found),
        facts=facts, now=now,
    )  # fmt: skip
    announce(
        events.HeldReplyChanged(actor_id=actor.pk, subject=f"held_reply:{found.pk}", reply_id=found.pk),
        at=now,
    )
    return found


@transaction.atomic
def withdraw_reply(*, actor: Person, held: HeldReply, now: datetime) -> None:
    """It goes nowhere; the words come back into the box, as a draft. Raises Refused when it was decided meanwhile."""
    found = locked(held)
    require(policy.may_change(actor, found))
    words = queries.words_of(found)
    found.state, found.decided_at, found.sealed = ReplyState.WITHDRAWN, now, b""
    found.save(update_fields=["state", "decided_at", "sealed"])
    forget_reasons(Noted(found.conversation_id, found.number, now))
    announce(
        events.HeldReplyWithdrawn(actor_id=actor.pk, subject=f"held_reply:{found.pk}", reply_id=found.pk),
        at=now,
    )
    if words and found.edits_id is None:
        conversations.keep_draft(actor=actor, conversation=found.conversation, now=now, **words)


@transaction.atomic
def write_anew(
    *, actor: Person, held: HeldReply, text: str, note: str = "", client_id: str = "", now: datetime
) -> None:
    """New words after suggestions: their own again, and read again where that is still so. Raises Unfit or Refused."""
    found = locked(held)
    if found.author_id != actor.pk or found.state != ReplyState.SENT_BACK:
        require(policy.may_change(actor, found))
        raise Refused
    kept = conversations.send_message(
        actor=actor, conversation=found.conversation, text=text, note=note, client_id=client_id, now=now
    )
    # What follows a reply of somebody who learns is read first in every stage; a place may have been switched off.
    assert isinstance(kept, Kept) or found.is_of_space
    HeldReply.objects.filter(pk=found.pk, seen_at=None).update(seen_at=now)


@transaction.atomic
def put_aside(*, actor: Person, held: HeldReply, now: datetime) -> None:
    """They have read what came back: it leaves the conversation's page. Not announced: their own affair."""
    policy.visible_to(actor).exclude(state=ReplyState.WAITING).filter(pk=held.pk, seen_at=None).update(
        seen_at=now
    )
