"""Where everybody's words are read before they go: a programme, or one conversation."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from companionway.conversations import policy as conversations_policy
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.release import policy, queries, services
from companionway.ui.deeds import try_to


@signed_in
@require_GET
def spaces(request: SignedInRequest) -> HttpResponse:
    """Each programme with its switch, and the single conversations that are held."""
    if not policy.spaces_of(request.user).exists():
        raise Http404
    return render(request, "release/spaces.html", queries.spaces_for(request.user))


@signed_in
@require_POST
def hold(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Switch a programme on or off."""
    programme, is_on = get_object_or_404(policy.spaces_of(request.user), public_id=public_id), _is_on(request)
    try_to(
        request,
        lambda: services.hold_programme(
            actor=request.user, programme=programme, is_on=is_on, now=request.now
        ),
        _said(is_on),
    )
    return redirect("release:spaces")


@signed_in
@require_POST
def hold_one(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Switch one conversation on or off; both people are told in it."""
    talk = get_object_or_404(conversations_policy.lookable_by(request.user), public_id=public_id)
    is_on = _is_on(request)
    try_to(
        request,
        lambda: services.hold_conversation(
            actor=request.user, conversation_id=talk.pk, is_on=is_on, now=request.now
        ),
        _said(is_on),
    )
    return redirect("release:spaces")


def _is_on(request: SignedInRequest) -> bool:
    return request.POST.get("on") == "1"


def _said(is_on: bool) -> str:
    if is_on:
        return _("Everything is read first there from now on.")
    return _("Words go at once there again. What waits is still read first.")
