"""What several deeds here share: the rows under their locks, in one order, and the facts every event carries.

Order of locks everywhere: request, then introduction, then the supporter's practice. So no two deeds wait for each
other in a circle.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from companionway.introductions import policy
from companionway.introductions.models import Introduction, Request
from companionway.introductions.states import Closing, IntroductionState, RequestState
from companionway.people.models import Person


def locked_request(actor: Person, request: Request) -> Request:
    """The request, freshly read and held, if the actor may see it."""
    rows = policy.requests_visible_to(actor).select_related("programme", "member")
    return rows.select_for_update(of=("self",)).get(pk=request.pk)


def locked_introduction(actor: Person, introduction: Introduction) -> Introduction:
    """The introduction, freshly read and held with its request, if it is one of the actor's own."""
    Request.objects.select_for_update().get(pk=introduction.request_id)
    rows = policy.mine(actor).select_related("request__programme", "request__member", "supporter")
    return rows.select_for_update(of=("self",)).get(pk=introduction.pk)


def close(row: Introduction, because: Closing, now: datetime) -> None:
    row.state, row.closed_because, row.closed_at = IntroductionState.CLOSED, because, now
    row.save(update_fields=["state", "closed_because", "closed_at", "member_answer", "supporter_answer"])


def close_all(rows: Any, because: Closing, now: datetime) -> int:
    """Close live introductions gently and together; returns how many there were."""
    closed: int = rows.live().update(state=IntroductionState.CLOSED, closed_because=because, closed_at=now)
    return closed


def move_request(request: Request, to: RequestState, now: datetime, *names: str) -> None:
    if not request.may_move(to):
        raise ValueError(f"A request cannot go from {request.state} to {to}.")
    request.state, request.changed_at = to, now
    request.save(update_fields=["state", "changed_at", *names])


def of_request(actor_id: int | None, request: Request, about_id: int | None = None) -> dict[str, Any]:
    return {
        "actor_id": actor_id,
        "subject": f"request:{request.pk}",
        "about_id": about_id,
        "request_id": request.pk,
        "member_id": request.member_id,
        "programme_id": request.programme_id,
    }


def of_two(actor_id: int | None, row: Introduction, about_id: int | None = None) -> dict[str, Any]:
    return {
        "actor_id": actor_id,
        "subject": f"introduction:{row.pk}",
        "about_id": about_id,
        "introduction_id": row.pk,
        "member_id": row.request.member_id,
        "supporter_id": row.supporter_id,
        "programme_id": row.request.programme_id,
    }


def other_of(row: Introduction, person_id: int) -> int:
    return row.request.member_id if person_id == row.supporter_id else row.supporter_id
