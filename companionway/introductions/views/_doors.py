"""What every page here begins and ends with."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from companionway.introductions import policy
from companionway.introductions.models import Introduction, Request
from companionway.introductions.states import IntroductionState
from companionway.people.http import SignedInRequest
from companionway.people.models import Programme
from companionway.support import queries as support


def own_request(request: SignedInRequest, public_id: str) -> Request:
    """The signed-in member's own request; anybody else's does not exist here."""
    rows = policy.requests_visible_to(request.user).select_related("programme", "member")
    return get_object_or_404(rows, public_id=public_id, member=request.user)


def own_introduction(request: SignedInRequest, public_id: str) -> Introduction:
    """An introduction that the signed-in person is one of the two of."""
    rows = policy.mine(request.user).select_related("request__programme", "request__member", "supporter")
    return get_object_or_404(rows, public_id=public_id)


def desk_of(request: SignedInRequest, public_id: str) -> Programme:
    """A programme whose waiting list the signed-in person coordinates."""
    programme = get_object_or_404(policy.desks_of(request.user), public_id=public_id)
    if not policy.may_coordinate(request.user, programme):
        raise Http404
    return programme


def after_answer(request: SignedInRequest, row: Introduction) -> HttpResponse:
    """Where an answer leads: to the two of them when both said yes; else back, with a gentle word."""
    if row.state == IntroductionState.MET:
        pair = support.between(row.request.member_id, row.supporter_id)
        walk = pair.filter(programme=row.request.programme_id).first()
        if walk is not None:
            messages.success(request, _("You both said yes. Here you find each other."))
            return redirect("support:walk", public_id=walk.public_id)
    is_member = request.user.pk == row.request.member_id
    return redirect("introductions:mine" if is_member else "introductions:needs")
