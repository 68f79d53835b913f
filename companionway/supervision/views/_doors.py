"""What every page here begins and ends with."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404

from companionway.people.http import SignedInRequest
from companionway.people.models import Programme
from companionway.supervision import policy, queries
from companionway.supervision.models import Supervision


def ours(request: SignedInRequest, public_id: str) -> Supervision:
    """The supervision, for one of its two people; for everybody else it does not exist."""
    rows = policy.visible_to(request.user).select_related("programme", "supporter", "supervisor")
    return get_object_or_404(rows.saying_lived(), public_id=public_id)


def my_programme(request: SignedInRequest, public_id: str) -> tuple[Programme, Supervision | None]:
    """A programme in which I support or supervise, and who holds me there; another one does not exist here."""
    for programme, held in queries.where_held(request.user, queries.pairs_of(request.user)):
        if programme.public_id == public_id:
            return programme, held
    raise Http404
