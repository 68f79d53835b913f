"""The clock of the promise: who could read is told, then the member hears something. Never silence."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from companionway.conversations import policy as conversations_policy
from companionway.conversations import services as conversations
from companionway.foundation.events import announce
from companionway.people.models import Person
from companionway.reasoning import release as rules
from companionway.release import events, queries
from companionway.release.models import HeldReply
from companionway.release.services._learning import tell_in
from companionway.release.services._locking import locked
from companionway.release.states import ReplyState


@transaction.atomic
def keep_promises(*, actor: Person | None, now: datetime) -> int:
    """What waits a day is told to all who could read it; what passed its promise is told to the member, each time anew.

    Run by the clock (`actor` None). The times stand in the rows: a restart, a killed worker or a second run changes
    nothing. Returns how many were told. Source: F16, J6 ("after the limit the member gets a holding word").
    """
    waiting = HeldReply.objects.waiting()
    nudges = list(waiting.filter(nudge_at__lte=now, nudged_at=None).order_by("pk"))
    passed = list(waiting.filter(promised_at__lte=now).order_by("pk"))
    if not nudges and not passed:
        return 0
    conversations.first_in_order()
    return sum([_nudge(each, now) for each in nudges]) + sum([_say_so(each, now) for each in passed])


def _nudge(held: HeldReply, now: datetime) -> bool:
    if not HeldReply.objects.waiting().filter(pk=held.pk, nudged_at=None).update(nudged_at=now):
        return False
    announce(
        events.ReplyWaitsLong(
            actor_id=None,
            subject=f"held_reply:{held.pk}",
            reply_id=held.pk,
            programme_id=held.programme_id,
        ),
        at=now,
    )
    return True


def _say_so(held: HeldReply, now: datetime) -> bool:
    found = locked(held)
    if not found.is_waiting or found.promised_at > now:
        return False
    if not conversations_policy.may_send(found.author, found.conversation):
        # One of the two wants nothing more from the other: nothing is promised, and nothing will come.
        _close(None, found, now)
        return True
    by = rules.promised_again(now)
    # Where everybody is read first only the author is told: to the other it would say that something was written.
    if not found.is_of_space and _is_first_word(found, now):
        conversations.say_system_line(
            actor=None, conversation=found.conversation, key="still_reading", until=by, now=now
        )
    found.late_since, found.promised_at = found.late_since or now, by
    found.save(update_fields=["late_since", "promised_at"])
    announce(
        events.PromisePassed(
            actor_id=None,
            subject=f"held_reply:{found.pk}",
            reply_id=found.pk,
            programme_id=found.programme_id,
            conversation_id=found.conversation_id,
        ),
        at=now,
    )
    return True


def _is_first_word(held: HeldReply, now: datetime) -> bool:
    """Several may wait in one conversation: the member is told once for all of them."""
    beside = HeldReply.objects.waiting().filter(
        conversation=held.conversation_id, late_since__isnull=False, promised_at__gt=now
    )
    return not beside.exclude(pk=held.pk).exists()


@transaction.atomic
def close_what_waits(
    *, actor: Person | None, conversation_id: int, edits_id: int | None = None, now: datetime
) -> None:
    """The conversation ended, or the message to be changed was taken back: what was not read goes nowhere.

    Its author is told. Twice is once.
    """
    rows = HeldReply.objects.waiting().filter(conversation=conversation_id)
    for held in (rows.filter(edits_id=edits_id) if edits_id else rows).order_by("pk"):
        found = locked(held)
        if found.is_waiting:
            _close(actor, found, now)


def _close(actor: Person | None, held: HeldReply, now: datetime) -> None:
    held.state, held.decided_at = ReplyState.CLOSED, now
    held.save(update_fields=["state", "decided_at"])
    announce(
        events.ReplyClosed(
            actor_id=actor.pk if actor else None,
            about_id=held.author_id,
            subject=f"held_reply:{held.pk}",
            reply_id=held.pk,
        ),
        at=now,
    )


@transaction.atomic
def open_thread(*, actor: Person | None, conversation_id: int, now: datetime) -> None:
    """A conversation began in which somebody learns: both are told, and a thread is opened beside it. Twice is once."""
    promise = queries.promise_in(conversation_id)
    if promise is None or promise.traineeship.threads.filter(conversation=conversation_id).exists():
        return
    talk = conversations_policy.visible_to(promise.traineeship.person).get(pk=conversation_id)
    tell_in(promise.traineeship, talk, f"mentor_{promise.stage}", now)
