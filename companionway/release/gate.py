"""The gate before somebody's words: a trainee's, or everybody's in some places; decided where they would be written."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from companionway.conversations import policy as conversations_policy
from companionway.conversations import queries as conversations
from companionway.conversations.gates import Gate, Kept
from companionway.conversations.states import MessageState
from companionway.foundation import sealing
from companionway.foundation.events import announce
from companionway.foundation.policy import YES, Refused, Verdict, no
from companionway.noticing.rows import Noted, change_noticed
from companionway.reasoning import release as rules
from companionway.release import events, panels, queries, spaces, trainees
from companionway.release.models import HeldReply, Traineeship
from companionway.release.states import ReplyState, Stage


def whose(conversation: Any, participants: Sequence[Any]) -> frozenset[int]:
    everybody = frozenset(each.person_id for each in participants)
    bands = [each.person.age_band for each in participants]
    of_many = bool(conversation.heading)
    if spaces.may_be_held(conversation.programme, conversation.pk, bands, is_of_many=of_many):
        return everybody
    return trainees.among(conversation.programme_id, everybody)


def decide(sending: Any) -> Kept | Exception | None:
    """Kept, refused, or None: this may become a message.

    Who learns is asked first (`reasoning.release.why_read`), then where it is written (`spaces.why_held`).
    """
    held = HeldReply.objects.filter(author=sending.author_id, client_id=sending.client_id).first()
    if held is not None:
        # A device that sends again the words from before a change: they are this reply, not another one.
        was_changed = held.changed_at is not None and held.message_id is not None
        return queries.kept(held) if held.state != ReplyState.RELEASED or was_changed else None
    if sending.author_id is None or conversations.sent_as(sending.author_id, sending.client_id):
        return None
    # Locked: two replies of theirs at the same moment are looked at one after the other.
    traineeship = (
        queries.learning_in(sending.author_id, sending.conversation_id)
        .select_for_update(of=("self",))
        .first()
    )
    if traineeship is not None and (why := _why(traineeship, sending)) is not None:
        return _kept(_of(sending, why, traineeship), sending)
    why = _why_here(sending.author_id, sending.conversation_id)
    return None if why is None else _kept(_of(sending, why), sending)


def decide_change(changing: Any) -> Kept | Exception | None:
    """Other words for a message that went are read like new ones, once for each message: the old words stand.

    What a reader let go in this very moment is let through. Taking words back is nobody's to read.
    """
    if changing.to != MessageState.HERE or _was_just_read(changing):
        return None
    why = _why_here(changing.actor_id, changing.conversation_id)
    if why is None:
        return None
    again = HeldReply.objects.waiting().filter(edits_id=changing.message_id).select_for_update(of=("self",))
    if (held := again.first()) is None:
        return _kept(_change_of(changing, why), changing)
    held.version, held.changed_at = held.version + 1, changing.now
    return _sealed(held, changing)


def _was_just_read(changing: Any) -> bool:
    read = HeldReply.objects.filter(edits_id=changing.message_id, author=changing.actor_id)
    return read.filter(state=ReplyState.RELEASED, decided_at=changing.now).exists()


def _why_here(author_id: int, conversation_id: int) -> rules.Why | None:
    """Because of the place. What waits there is not overtaken when the place is switched off."""
    if spaces.why_held(conversation_id):
        return rules.Why.SPACE
    by_place = HeldReply.objects.waiting().filter(author=author_id, traineeship=None)
    return rules.Why.BEHIND if by_place.filter(conversation=conversation_id).exists() else None


def _may_keep(held: HeldReply) -> Verdict:
    conversation = conversations_policy.visible_to(held.author).filter(pk=held.conversation_id).first()
    if conversation is None:
        return no(_("You are not in this conversation."))
    if held.is_of_space and not held.programme.coordinator_sees:
        return no(_("What is written here has to be read first, and in this programme nobody may read it."))
    return conversations_policy.may_send(held.author, conversation)


def _why(traineeship: Traineeship, sending: Any) -> rules.Why | None:
    last = queries.last_held(traineeship.person_id, sending.conversation_id)
    return rules.why_read(
        rules.Stage(traineeship.stage),
        waits=queries.is_any_waiting(traineeship.person_id, sending.conversation_id),
        owes=last is not None and queries.owes_another(last),
        drawn=is_drawn(traineeship, sending.client_id, sending.now),
        asks=sending.asks_first,
    )


def is_drawn(traineeship: Traineeship, client_id: str, now: datetime) -> bool:
    """The draw for a name is made once and for all: the key is the service's own, and so is the share."""
    key = salted_hmac("release.draw", str(traineeship.pk), algorithm="sha256").digest()
    return rules.is_drawn(key, client_id, share_of(traineeship, now))


def share_of(traineeship: Traineeship, now: datetime) -> float:
    return rules.share_to_read(queries.evidence_of(traineeship, now))


def _of(sending: Any, why: rules.Why, traineeship: Traineeship | None = None) -> HeldReply:
    return HeldReply(
        traineeship=traineeship, author_id=sending.author_id, client_id=sending.client_id, why=why
    )


def _change_of(changing: Any, why: rules.Why) -> HeldReply:
    name = str(uuid.uuid4())
    return HeldReply(author_id=changing.actor_id, client_id=name, edits_id=changing.message_id, why=why)


def _kept(held: HeldReply, deed: Any) -> Kept | Exception:
    """Taken in, with its clock; what was noticed in it waits for those on call from now on."""
    held.conversation_id, held.programme = (
        deed.conversation_id,
        conversations.programme_of(deed.conversation_id),
    )
    if not (verdict := _may_keep(held)):
        return Refused(verdict.reason)
    held.after_id, held.held_at = conversations.newest_id(deed.conversation_id), deed.now
    held.nudge_at, held.promised_at = rules.nudge_at(deed.now), rules.promised_at(deed.now)
    return _sealed(held, deed)


def _sealed(held: HeldReply, deed: Any) -> Kept:
    held.sealed = sealing.seal_facts(queries.key_of(held), deed.facts, held.place)
    held.save()
    change_noticed(Noted(held.conversation_id, held.number, deed.now), deed.kept)
    announce(
        events.ReplyHeld(
            actor_id=held.author_id,
            subject=f"held_reply:{held.pk}",
            reply_id=held.pk,
            programme_id=held.programme_id,
        ),
        at=deed.now,
    )
    return queries.kept(held)


def may_change(person_id: int, conversation_id: int) -> Verdict:
    """Words that went may be taken back, but not replaced by others, for as long as some are read first."""
    if queries.learning_in(person_id, conversation_id).exclude(stage=Stage.ON_REQUEST).exists():
        return no(_("Mentors read what you write here. Take this back if you wish, and write it anew."))
    return YES


def has_taken(person_id: int, client_id: str) -> bool:
    if not (trainees.is_one(person_id) or spaces.are_anywhere()):
        return False
    return HeldReply.objects.filter(author=person_id, client_id=client_id).exists()


def answer(kept: Kept, look: Any) -> dict[str, Any]:
    with translation.override(look.language), timezone.override(look.zone):
        return {
            "held": str(panels.waiting_words(kept)),
            "client_id": kept.client_id,
            "html": panels.bubble(kept),
            "url": reverse("release:mine", args=[kept.public_id]),
        }


def forget() -> None:
    trainees.forget_here()
    spaces.forget_here()


GATE = Gate(
    whose=whose,
    decide=decide,
    decide_change=decide_change,
    may_change=may_change,
    has_taken=has_taken,
    answer=answer,
    panel=panels.panel,
    noted=queries.noted,
    held_by=queries.held_by,
    forget=forget,
)
