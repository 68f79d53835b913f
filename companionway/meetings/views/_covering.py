"""Somebody else holds one meeting: who is asked sees where; who cannot says so in one press."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from companionway.meetings import policy, queries, services
from companionway.meetings.models import Cover
from companionway.meetings.views._finding import meeting_of
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.ui.deeds import try_to


@signed_in
@require_safe
def cover(request: SignedInRequest) -> HttpResponse:
    """Meetings that want somebody, soonest first, and those one has taken."""
    now = timezone.now()
    context = {
        "open": queries.open_covers(request.user, now),
        "taken": queries.covers_taken_by(request.user, now),
    }
    return render(request, "meetings/cover.html", context)


def _cover(request: SignedInRequest, public_id: str) -> Cover:
    rows = policy.covers_visible_to(request.user).select_related("meeting__series__programme")
    return get_object_or_404(rows, public_id=public_id)


@signed_in
@require_POST
def take(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Hold this one meeting."""
    row = _cover(request, public_id)
    try_to(
        request,
        lambda: services.take_cover(actor=request.user, cover=row, now=timezone.now()),
        _("Thank you. It is yours for this evening."),
    )
    return redirect("meetings:cover")


@signed_in
@require_POST
def give_back(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Cannot after all; others are asked."""
    row = _cover(request, public_id)
    try_to(
        request,
        lambda: services.give_cover_back(actor=request.user, cover=row, now=timezone.now()),
        _("That is all right. Others are asked now."),
    )
    return redirect("meetings:cover")


@signed_in
@require_POST
def cannot(request: SignedInRequest, public_id: str) -> HttpResponse:
    """I hold it and cannot this time."""
    row = meeting_of(request, public_id)
    try_to(
        request,
        lambda: services.ask_for_cover(actor=request.user, meeting=row, now=timezone.now()),
        _("That is all right. Others are asked now. Nobody asks you why."),
    )
    return redirect("meetings:meeting", public_id=public_id)


@signed_in
@require_POST
def can_after_all(request: SignedInRequest, public_id: str) -> HttpResponse:
    """I can after all."""
    row = meeting_of(request, public_id)
    try_to(request, lambda: services.can_after_all(actor=request.user, meeting=row, now=timezone.now()))
    return redirect("meetings:meeting", public_id=public_id)
