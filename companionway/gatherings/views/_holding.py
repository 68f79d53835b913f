"""For those who hold the frame: the script, the round, seats, a private word, the pause and the close."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companionway.gatherings import finding, policy, queries, services
from companionway.gatherings.forms import MuteForm, PauseForm
from companionway.gatherings.views._answers import done
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
    return render(request, "gatherings/hold.html", _context(request, meeting))


def _context(
    request: SignedInRequest, meeting: Meeting, form: PauseForm | None = None, had: queries.Had | None = None
) -> dict[str, Any]:
    is_open = meeting.state == MeetingState.OPEN
    return {
        "meeting": meeting,
        "room": queries.room_of(meeting, None, is_frame=True, had=had) if is_open else None,
        "pause_form": form or PauseForm(),
        "is_outside": had is None and queries.is_something_outside(meeting),
        "is_open": is_open,
        "may_open": policy.opens(meeting, request.now),
        "has_seat": queries.seat_of(request.user, meeting, finding.ticket_of(request, meeting)) is not None,
        "now": request.now,
    }


@signed_in
@require_safe
def hold_now(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The same as a fragment."""
    meeting = finding.held_of(request, public_id)
    if meeting.state != MeetingState.OPEN:
        return HttpResponse(status=204)
    context = _context(request, meeting, had=finding.had_by(request))
    return render(request, "gatherings/parts/hold_now.html", context)


def _done(request: SignedInRequest, public_id: str, deed: Any, **given: Any) -> HttpResponse:
    """A deed of whoever holds this evening."""
    meeting = finding.held_of(request, public_id)
    run = partial(deed, actor=request.user, meeting=meeting, now=request.now, **given)
    return done(request, run, "gatherings:hold", public_id)


@signed_in
@require_POST
def open_meeting(request: SignedInRequest, public_id: str) -> HttpResponse:
    return _done(request, public_id, services.open_meeting)


@signed_in
@require_POST
def next_part(request: SignedInRequest, public_id: str) -> HttpResponse:
    typed = request.POST.get("after", "")
    after = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else -1
    return _done(request, public_id, services.next_part, after=after)


@signed_in
@require_POST
def next_turn(request: SignedInRequest, public_id: str) -> HttpResponse:
    return _done(request, public_id, services.next_turn)


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
    return render(request, "gatherings/hold.html", _context(request, meeting, form))


@signed_in
@require_POST
def go_on(request: SignedInRequest, public_id: str) -> HttpResponse:
    return _done(request, public_id, services.go_on)


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
    return _to_seat(request, public_id, seat_id, services.ask_all_right)


def _to_seat(request: SignedInRequest, public_id: str, seat_id: str, deed: Any) -> HttpResponse:
    meeting = finding.held_of(request, public_id)
    return _done(request, public_id, deed, seat=finding.seat_in(meeting, seat_id))


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
    return _to_seat(request, public_id, seat_id, services.unmute_seat)


@signed_in
@require_POST
def let_in(request: SignedInRequest, public_id: str, share_id: str) -> HttpResponse:
    meeting = finding.held_of(request, public_id)
    return _done(request, public_id, services.let_in, share=finding.share_in(meeting, share_id))
