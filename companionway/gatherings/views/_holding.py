"""For those who hold the frame: the script, the round, seats, a private word, the pause and the close."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companionway.gatherings import finding, policy, queries, services
from companionway.gatherings.forms import MuteForm, PauseForm
from companionway.meetings.models import Meeting
from companionway.meetings.states import MeetingState
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.ui.deeds import said_yes, try_to


@signed_in
@require_safe
def hold(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Everything for those who hold this evening, on one calm page."""
    meeting = finding.held_of(request, public_id)
    if meeting.state == MeetingState.CLOSED:
        return redirect("gatherings:after", public_id=public_id)
    context = {**_context(request, meeting), "pause_form": PauseForm()}
    return render(request, "gatherings/hold.html", context)


def _context(request: SignedInRequest, meeting: Meeting) -> dict[str, Any]:
    is_open = meeting.state == MeetingState.OPEN
    return {
        "meeting": meeting,
        "room": queries.room_of(meeting, None, is_frame=True) if is_open else None,
        "is_open": is_open,
        "may_open": policy.may_open(request.user, meeting, request.now),
        "has_seat": queries.seat_of(request.user, meeting, finding.ticket_of(request, meeting)) is not None,
        "counts": policy.counts_heads(meeting),
        "now": request.now,
    }


@signed_in
@require_safe
def hold_now(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The same as a fragment."""
    meeting = finding.held_of(request, public_id)
    if meeting.state != MeetingState.OPEN:
        return HttpResponse(status=204)
    return render(request, "gatherings/parts/hold_now.html", _context(request, meeting))


def _done(request: SignedInRequest, public_id: str, deed: Callable[[Meeting], Any]) -> HttpResponse:
    meeting = finding.held_of(request, public_id)
    try_to(request, lambda: deed(meeting))
    if request.headers.get("X-Requested-With") == "fetch":
        return JsonResponse({})
    return redirect("gatherings:hold", public_id=public_id)


@signed_in
@require_POST
def open_meeting(request: SignedInRequest, public_id: str) -> HttpResponse:
    actor, now = request.user, request.now
    return _done(
        request, public_id, lambda meeting: services.open_meeting(actor=actor, meeting=meeting, now=now)
    )


@signed_in
@require_POST
def next_part(request: SignedInRequest, public_id: str) -> HttpResponse:
    typed = request.POST.get("after", "")
    after = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else -1
    actor, now = request.user, request.now
    return _done(
        request,
        public_id,
        lambda meeting: services.next_part(actor=actor, meeting=meeting, after=after, now=now),
    )


@signed_in
@require_POST
def next_turn(request: SignedInRequest, public_id: str) -> HttpResponse:
    actor, now = request.user, request.now
    return _done(
        request, public_id, lambda meeting: services.next_turn(actor=actor, meeting=meeting, now=now)
    )


@signed_in
@require_POST
def pause(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Pause with a reason; without one the page comes back."""
    meeting, form = finding.held_of(request, public_id), PauseForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        deed = lambda: services.pause(actor=request.user, meeting=meeting, reason=reason, now=request.now)  # noqa: E731
        if said_yes(form, "reason", deed) is not None:
            return redirect("gatherings:hold", public_id=public_id)
    return render(request, "gatherings/hold.html", {**_context(request, meeting), "pause_form": form})


@signed_in
@require_POST
def go_on(request: SignedInRequest, public_id: str) -> HttpResponse:
    actor, now = request.user, request.now
    return _done(request, public_id, lambda meeting: services.go_on(actor=actor, meeting=meeting, now=now))


@signed_in
@require_POST
def close(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The evening is over: on to the ten minutes after."""
    meeting = finding.held_of(request, public_id)
    try_to(request, lambda: services.close_meeting(actor=request.user, meeting=meeting, now=request.now))
    return redirect("gatherings:after", public_id=public_id)


@signed_in
@require_POST
def ask(request: SignedInRequest, public_id: str, seat_id: str) -> HttpResponse:
    """Are you all right? To one seat, privately."""
    meeting = finding.held_of(request, public_id)
    seat, actor, now = finding.seat_in(meeting, seat_id), request.user, request.now
    return _done(
        request,
        public_id,
        lambda held: services.ask_all_right(actor=actor, meeting=held, seat=seat, now=now),
    )


@signed_in
@require_http_methods(["GET", "POST"])
def mute(request: SignedInRequest, public_id: str, seat_id: str) -> HttpResponse:
    """Ask somebody not to write for now, with a reason they read."""
    meeting = finding.held_of(request, public_id)
    seat = finding.seat_in(meeting, seat_id)
    form = MuteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        deed = lambda: services.mute_seat(  # noqa: E731
            actor=request.user, meeting=meeting, seat=seat, reason=reason, now=request.now
        )
        if said_yes(form, None, deed) is not None:
            return redirect("gatherings:hold", public_id=public_id)
    return render(request, "gatherings/mute.html", {"meeting": meeting, "seat": seat, "form": form})


@signed_in
@require_POST
def unmute(request: SignedInRequest, public_id: str, seat_id: str) -> HttpResponse:
    meeting = finding.held_of(request, public_id)
    seat, actor, now = finding.seat_in(meeting, seat_id), request.user, request.now
    return _done(
        request, public_id, lambda held: services.unmute_seat(actor=actor, meeting=held, seat=seat, now=now)
    )


@signed_in
@require_POST
def let_in(request: SignedInRequest, public_id: str, share_id: str) -> HttpResponse:
    meeting = finding.held_of(request, public_id)
    share, actor, now = finding.share_in(meeting, share_id), request.user, request.now
    return _done(
        request, public_id, lambda held: services.let_in(actor=actor, meeting=held, share=share, now=now)
    )
