"""Requests that rest, come back, or are taken back; and questions that go back kindly when somebody is not able to."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from companionway.foundation.events import announce
from companionway.foundation.policy import Refused, require
from companionway.introductions import policy
from companionway.introductions.events import (
    Asked,
    Closed,
    Proposed,
    RequestPaused,
    RequestReopened,
    RequestWithdrawn,
)
from companionway.introductions.models import Introduction, Request
from companionway.introductions.services._bringing import begin
from companionway.introductions.services._moving import (
    close_all,
    locked_request,
    move_request,
    of_request,
    of_two,
)
from companionway.introductions.states import Closing, Door, IntroductionState, RequestState
from companionway.people.models import Person


@transaction.atomic
def pause_request(*, actor: Person, request: Request, now: datetime) -> Request:
    """Stop looking for a while. The place in the line is kept; open questions go back kindly."""
    locked = locked_request(actor, request)
    require(policy.may_keep_request(actor, locked))
    if locked.state == RequestState.OPEN:
        _rest(locked, now, by_service=False)
        announce(RequestPaused(**of_request(actor.pk, locked)), at=now)
    return locked


@transaction.atomic
def reopen_request(*, actor: Person, request: Request, now: datetime) -> Request:
    """Look again: after a pause, or for somebody else after a walk ended. Either way with the old place in the line."""
    locked = locked_request(actor, request)
    require(policy.may_reopen(actor, locked))
    if locked.state != RequestState.OPEN and locked.may_move(RequestState.OPEN):
        Introduction.objects.filter(request=locked, state=IntroductionState.MET, closed_at=None).update(
            closed_at=now
        )
        locked.met_at, locked.paused_by_service = None, False
        move_request(locked, RequestState.OPEN, now, "met_at", "paused_by_service")
        announce(RequestReopened(**of_request(actor.pk, locked)), at=now)
    return locked


@transaction.atomic
def withdraw_request(*, actor: Person, request: Request, now: datetime) -> Request:
    """Take the request back. What was wished is deleted; asking again later is one press."""
    locked = locked_request(actor, request)
    require(policy.may_keep_request(actor, locked))
    close_all(Introduction.objects.filter(request=locked), Closing.TAKEN_BACK, now)
    locked.sealed_wishes = locked.sealed_suggestions = None
    locked.closed_at, locked.welcomes_offers = now, False
    names = ("sealed_wishes", "sealed_suggestions", "closed_at", "welcomes_offers")
    move_request(locked, RequestState.WITHDRAWN, now, *names)
    announce(RequestWithdrawn(**of_request(actor.pk, locked)), at=now)
    return locked


@transaction.atomic
def rest_requests_of(*, actor: Person, programme_id: int | None = None, now: datetime) -> int:
    """Let this person's open requests rest: with their account, without their consent, or without the role."""
    mine = Request.objects.select_for_update().filter(member=actor, state=RequestState.OPEN)
    rows = list(mine if programme_id is None else mine.filter(programme=programme_id))
    for row in rows:
        _rest(row, now, by_service=True)
        announce(RequestPaused(**of_request(actor.pk, row)), at=now)
    return len(rows)


@transaction.atomic
def wake_requests_of(*, actor: Person, now: datetime) -> int:
    """Open again what the service itself let rest; a pause of the person's own stays theirs to end."""
    rows = list(
        Request.objects.select_for_update().filter(
            member=actor, state=RequestState.PAUSED, paused_by_service=True
        )
    )
    for row in rows:
        row.paused_by_service = False
        move_request(row, RequestState.OPEN, now, "paused_by_service")
        announce(RequestReopened(**of_request(actor.pk, row)), at=now)
    return len(rows)


@transaction.atomic
def let_go_of_supporter(*, actor: Person, programme_id: int | None = None, now: datetime) -> int:
    """This supporter is not able to (away, at rest, no longer in the role): their open questions go back kindly."""
    rows = Introduction.objects.live().filter(supporter=actor).select_related("request")
    if programme_id is not None:
        rows = rows.filter(request__programme=programme_id)
    return _close_each(list(rows), now)


@transaction.atomic
def hand_to_cover(*, actor: Person, programme_id: int, cover: Person | None, now: datetime) -> int:
    """A supporter is not well: whoever waits for their answer hears that they are not able to, and where the cover
    fits, both are asked about each other. Returns how many were handed on.
    """
    waiting = Introduction.objects.asked().filter(supporter=actor, request__programme=programme_id)
    requests = [row.request for row in waiting.select_related("request__member", "request__programme")]
    let_go_of_supporter(actor=actor, programme_id=programme_id, now=now)
    return sum(_handed(actor, request, cover, now) for request in requests) if cover else 0


@transaction.atomic
def close_between(*, one_id: int, other_id: int, now: datetime) -> int:
    """Two people must not meet (any more): whatever is open between them closes, in the usual words."""
    pair = [one_id, other_id]
    rows = Introduction.objects.live().filter(request__member__in=pair, supporter__in=pair)
    return _close_each(list(rows.select_related("request")), now)


@transaction.atomic
def look_for_someone_else(*, actor: Person, programme_id: int, now: datetime) -> Request:
    """After a walk ended, with no fault: the request that led to it opens again, in its old place in the line."""
    mine = Request.objects.filter(member=actor, programme=programme_id)
    kept = mine.filter(state__in=[RequestState.OPEN, RequestState.PAUSED]).first()
    if kept is not None:
        return kept
    met = mine.filter(state=RequestState.MET).order_by("-met_at").first()
    if met is not None:
        return reopen_request(actor=actor, request=met, now=now)
    row = Request.objects.create(member=actor, programme_id=programme_id, asked_at=now, changed_at=now)
    announce(Asked(**of_request(actor.pk, row)), at=now)
    return row


def _handed(actor: Person, request: Request, cover: Person, now: datetime) -> bool:
    """Whether both could be asked about each other; where a rule forbids it, nothing happens."""
    try:
        with transaction.atomic():
            row = begin(request, cover, Door.COVER, now)
    except Refused:
        return False
    announce(Proposed(**of_two(actor.pk, row)), at=now)
    return True


def _rest(row: Request, now: datetime, *, by_service: bool) -> None:
    close_all(Introduction.objects.filter(request=row), Closing.CHANGED, now)
    row.paused_by_service = by_service
    move_request(row, RequestState.PAUSED, now, "paused_by_service")


def _close_each(rows: list[Introduction], now: datetime) -> int:
    Introduction.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=IntroductionState.CLOSED, closed_because=Closing.NOT_ABLE, closed_at=now
    )
    for row in rows:
        announce(Closed(**of_two(None, row, row.request.member_id)), at=now)
    return len(rows)
