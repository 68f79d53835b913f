"""The pages of this room: one for each group, and one's own."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from companionway.groups import policy as groups
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.sponsors import policy, queries, services
from companionway.ui.deeds import try_to


def _own(request: SignedInRequest, public_id: str) -> Any:
    """A group one belongs to whose tradition has temporary sponsors."""
    rows = groups.belonging_to(request.user).select_related("programme")
    group = get_object_or_404(rows, public_id=public_id)
    if not policy.may_be_here(request.user, group):
        raise Http404
    return group


@signed_in
@require_safe
def page(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Who can be asked in this group, what waits for one's answer, and one's own offer."""
    group, me = _own(request, public_id), request.user
    context = {
        "group": group,
        "position": policy.position_of(group),
        "page": queries.page_of(me, group, request.now),
        "beginnings": queries.beginnings_of(me, request.now),
    }
    return render(request, "sponsors/page.html", context)


@signed_in
@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    """With whom one has begun, until when, and going on."""
    context = {"beginnings": queries.beginnings_of(request.user, request.now)}
    return render(request, "sponsors/mine.html", context)


@signed_in
@require_POST
def offer(request: SignedInRequest, public_id: str) -> HttpResponse:
    group = _own(request, public_id)
    try_to(
        request,
        lambda: services.offer(actor=request.user, group=group, now=request.now),
        _("Thank you. You stand on the list for a while. You can take it back at any time."),
    )
    return redirect("sponsors:page", public_id)


@signed_in
@require_POST
def withdraw(request: SignedInRequest, public_id: str) -> HttpResponse:
    group = _own(request, public_id)
    services.withdraw(actor=request.user, group=group, now=request.now)
    messages.success(request, _("You are not on the list any more. Nobody is told."))
    return redirect("sponsors:page", public_id)


@signed_in
@require_POST
def ask(request: SignedInRequest, public_id: str) -> HttpResponse:
    rows = policy.visible_to(request.user, request.now).select_related("group__programme", "person")
    found = get_object_or_404(rows, public_id=public_id)
    try_to(
        request,
        lambda: services.ask(actor=request.user, offer=found, now=request.now),
        _("Asked. You read the answer here. Nobody else is told."),
    )
    return redirect("sponsors:page", found.group.public_id)


@signed_in
@require_POST
def answer(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Yes or not now."""
    rows = policy.asks_waiting_for(request.user, request.now).select_related("group__programme", "asker")
    found, says_yes = get_object_or_404(rows, public_id=public_id), request.POST.get("answer") == "yes"
    begun = try_to(
        request,
        lambda: services.answer(actor=request.user, ask=found, says_yes=says_yes, now=request.now) or True,
    )
    if begun is True:
        messages.success(request, _("Thank you. They read your answer."))
    elif begun is not None:
        return redirect("support:walk", begun.relationship.public_id)
    return redirect("sponsors:page", found.group.public_id)


@signed_in
@require_POST
def read_answer(request: SignedInRequest, public_id: str) -> HttpResponse:
    rows = policy.asks_of(request.user).select_related("group")
    found = get_object_or_404(rows, public_id=public_id)
    services.read_answer(actor=request.user, ask=found, now=request.now)
    return redirect("sponsors:page", found.group.public_id)


@signed_in
@require_POST
def go_on(request: SignedInRequest, public_id: str) -> HttpResponse:
    row = get_object_or_404(policy.temporary_of(request.user), public_id=public_id)
    wants = "off" not in request.POST
    both = try_to(
        request, lambda: services.go_on(actor=request.user, temporary=row, wants=wants, now=request.now)
    )
    if both:
        messages.success(request, _("You both go on. There is no end date any more."))
    elif both is not None and wants:
        messages.success(request, _("Kept. When the other says so, too, you go on together."))
    return redirect("sponsors:mine")
