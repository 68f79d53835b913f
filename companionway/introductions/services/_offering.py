"""A supporter answers a need without knowing whose it is."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from companionway.foundation.events import announce
from companionway.foundation.policy import require
from companionway.introductions import policy
from companionway.introductions.events import Closed, RestingNow, SupportOfferedTo
from companionway.introductions.models import Introduction, Request
from companionway.introductions.queries import longer_waiting_need, need_shown_to
from companionway.introductions.services._bringing import begin, not_able
from companionway.introductions.services._moving import of_two
from companionway.introductions.services._passing import Passing, record_passed_over
from companionway.introductions.states import Answer, Closing, Door, IntroductionState
from companionway.people.models import Person


@transaction.atomic
def offer(*, actor: Person, request: Request, passing: Passing | None = None, now: datetime) -> Introduction:
    """Say yes to a need: the member, who is not named, is then asked whether they would like to meet.

    When somebody whom this supporter could have answered waits longer, a written reason is owed (`ReasonOwed`).
    """
    locked = _needed(actor, request)
    longer = longer_waiting_need(actor, locked)
    row = begin(locked, actor, Door.OFFER, now, supporter_answer=Answer.YES)
    if longer:
        need, how_many = longer
        record_passed_over(
            actor=actor,
            request=Request.objects.get(pk=need.request_id),
            introduction=row,
            passing=passing,
            how_many=how_many,
            now=now,
        )
    announce(SupportOfferedTo(**of_two(actor.pk, row, locked.member_id)), at=now)
    return row


@transaction.atomic
def pass_by(*, actor: Person, request: Request, not_now: bool, now: datetime) -> Introduction:
    """Say "not now" (it stays on the page for later) or "not me" (it goes from the page) to a need.

    No reason is asked, and the member is not told: for them nobody was asked yet.
    """
    locked = _needed(actor, request)
    row, _is_new = Introduction.objects.get_or_create(
        request=locked,
        supporter=actor,
        state=IntroductionState.RESTING,
        defaults={"door": Door.OFFER, "began_at": now, "waiting_since": now},
    )
    row.waiting_since = now
    row.supporter_answer = Answer.NOT_NOW if not_now else Answer.NO
    if not not_now:
        row.state, row.closed_because, row.closed_at = IntroductionState.CLOSED, Closing.ANSWERED, now
    row.save()
    told = RestingNow if not_now else Closed
    announce(told(**of_two(actor.pk, row)), at=now)
    return row


def _needed(actor: Person, request: Request) -> Request:
    rows = policy.needs_visible_to(actor).select_related("programme", "member")
    locked = rows.select_for_update(of=("self",)).get(pk=request.pk)
    require(policy.may_offer(actor, locked))
    if need_shown_to(actor, locked) is None:
        raise not_able()
    return locked
