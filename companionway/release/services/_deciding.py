"""The mentor's side: opening, letting go as it is, or sending back. Nobody writes in another's name."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.conversations import policy as conversations_policy
from companionway.conversations import queries as conversation_queries
from companionway.conversations import services as conversations
from companionway.conversations.gates import Kept
from companionway.foundation import sealing
from companionway.foundation.events import announce
from companionway.foundation.policy import Refused, require
from companionway.noticing.rows import goes_on
from companionway.people import services as people
from companionway.people.models import Person
from companionway.reasoning import release as rules
from companionway.release import events, policy, queries
from companionway.release.models import HeldReply, Reading
from companionway.release.services._learning import go_back
from companionway.release.services._locking import locked
from companionway.release.states import ReplyState
from companionway.ui.forms import tidy

LEAST_ANSWER, MOST_ANSWER = 10, 3000


@transaction.atomic
def open_reply(*, actor: Person, held: HeldReply, now: datetime) -> Reading:
    """Read it, with the few messages before it. Once for each reply, both people find it among the reads of theirs.

    Raises Refused.
    """
    require(policy.may_read(actor, held, now))
    shown = queries.before(held)
    reading, is_new = Reading.objects.get_or_create(
        held=held,
        mentor=actor,
        defaults={"from_id": shown[0].id if shown else held.after_id, "read_at": now},
    )
    if is_new:
        for each in conversation_queries.people_in(held.conversation_id):
            people.record_read(
                actor=actor,
                about=each.person,
                subject=f"held_reply:{held.pk}",
                reason_key="mentor_reads",
                now=now,
            )
    return reading


@transaction.atomic
def release_reply(*, actor: Person, held: HeldReply, version: int, now: datetime) -> int:
    """Let these words go, as they are, in their author's name. Returns the number of the message.

    The reply's end and the message are one transaction: there is never one without the other. `version`: the words the
    mentor read; others are not let go unread. Raises Refused (decided by somebody else, changed, or nothing passes
    between the two any more). Source: F16.
    """
    found = _to_decide(actor, held, version, now)
    found.state, found.decided_at, found.decided_by = ReplyState.RELEASED, now, actor
    found.save(update_fields=["state", "decided_at", "decided_by"])
    message_id = _gone(found, now)
    if found.edits_id is None:
        found.message_id = message_id
        found.save(update_fields=["message_id"])
    goes_on(found.number, message_id)
    announce(
        events.ReplyReleased(
            actor_id=actor.pk,
            about_id=found.author_id,
            subject=f"held_reply:{found.pk}",
            reply_id=found.pk,
            message_id=message_id,
        ),
        at=now,
    )
    return message_id


def _gone(held: HeldReply, now: datetime) -> int:
    """The number of the message these words became, or of the one whose words they replace."""
    words = queries.words_of(held)
    if not words:
        raise Refused(_("These words are gone. Nothing was sent."))
    text, note, author = words.get("text", ""), words.get("note", ""), held.author
    if held.edits_id is None:
        sent = conversations.send_message(
            actor=author, conversation=held.conversation, text=text, note=note, client_id=held.client_id, now=now
        )  # fmt: skip
    else:
        message = conversations_policy.visible_messages(author).filter(pk=held.edits_id).first()
        if message is None:
            raise Refused(_("These words are gone. Nothing was sent."))
        sent = conversations.edit_message(
            actor=author, message=message, text=text, note=note, written_at=held.written_at, now=now
        )
    if isinstance(sent, Kept):
        raise RuntimeError("words that were let go were taken in again")
    return sent.id


@transaction.atomic
def send_back(
    *, actor: Person, held: HeldReply, version: int, words: str, could_harm: bool = False, now: datetime
) -> None:
    """Give it back with kind words and what could be said otherwise; the trainee writes anew, in their own words.

    `could_harm`: every reply of theirs is read again from now on. Raises Refused. Source: F16; the step back is
    `reasoning.release.should_step_back`.
    """
    found = _to_decide(actor, held, version, now)
    words = tidy(words).strip()
    if not LEAST_ANSWER <= len(words) <= MOST_ANSWER:
        raise Refused(_("Please write a sentence or two: what was good, and what could be said otherwise."))
    key = sealing.key_of_both(sealing.CONVERSATION, found.conversation_id, sealing.PERSON, actor.pk)
    found.sealed_answer = key.seal(words, found.answer_place)
    found.state, found.decided_at, found.decided_by = ReplyState.SENT_BACK, now, actor
    found.save(update_fields=["sealed_answer", "state", "decided_at", "decided_by"])
    announce(
        events.ReplySentBack(
            actor_id=actor.pk,
            about_id=found.author_id,
            subject=f"held_reply:{found.pk}",
            reply_id=found.pk,
        ),
        at=now,
    )
    if (traineeship := found.traineeship) is None:
        return
    evidence = queries.evidence_of(traineeship, now)
    if could_harm or rules.should_step_back(rules.Stage(traineeship.stage), evidence):
        go_back(actor, traineeship, now)


def _to_decide(actor: Person, held: HeldReply, version: int, now: datetime) -> HeldReply:
    """Locked, and as the mentor saw it; otherwise they are told what happened meanwhile."""
    found = locked(held)
    if found.decided_at is not None:
        by = found.decided_by
        if by is not None and by.pk != actor.pk:
            raise Refused(_("%(name)s has decided about this one already.") % {"name": by.name})
        raise Refused(_("This one is decided already."))
    require(policy.may_decide(actor, found, now))
    if found.version != version:
        raise Refused(_("The words were changed while you read. Here they are as they stand now."))
    return found
