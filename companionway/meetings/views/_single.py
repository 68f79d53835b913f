"""For those who hold or arrange: cancel one meeting, move it, put it back."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from companionway.meetings import policy, services
from companionway.meetings.forms import CancelForm, MoveForm
from companionway.meetings.models import Meeting
from companionway.meetings.views._finding import meeting_of
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.ui.deeds import said_yes, try_to


def _arranged(request: SignedInRequest, public_id: str) -> Meeting:
    row = meeting_of(request, public_id)
    if not policy.may_arrange(request.user, row.series, timezone.now()):
        get_object_or_404(Meeting.objects.none(), public_id=public_id)
    return row


@signed_in
@require_http_methods(["GET", "POST"])
def cancel(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Say that it does not take place, and what to do instead."""
    row = _arranged(request, public_id)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        deed = said_yes(
            form,
            None,
            lambda: services.cancel_meeting(
                actor=request.user, meeting=row, instead=form.cleaned_data["instead"], now=timezone.now()
            ),
        )
        if deed:
            return redirect("meetings:meeting", public_id=public_id)
    return render(request, "meetings/cancel.html", {"form": form, "meeting": row})


@signed_in
@require_http_methods(["GET", "POST"])
def move(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Another time or place, this once."""
    row = _arranged(request, public_id)
    form = MoveForm(request.POST if request.method == "POST" else None, initial=MoveForm.starting_from(row))
    if request.method == "POST" and form.is_valid():
        said = {key: value for key, value in form.cleaned_data.items() if key not in ("day", "begins")}
        deed = said_yes(
            form,
            None,
            lambda: services.move_meeting(
                actor=request.user,
                meeting=row,
                starts_at=form.starts_at(row.series),
                now=timezone.now(),
                **said,
            ),
        )
        if deed:
            return redirect("meetings:meeting", public_id=public_id)
    return render(request, "meetings/move.html", {"form": form, "meeting": row})


@signed_in
@require_POST
def put_back(request: SignedInRequest, public_id: str) -> HttpResponse:
    """As the series says again."""
    row = _arranged(request, public_id)
    try_to(
        request,
        lambda: services.put_back(actor=request.user, meeting=row, now=timezone.now()),
        _("It is on as the series says."),
    )
    return redirect("meetings:meeting", public_id=public_id)
