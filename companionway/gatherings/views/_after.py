"""The ten minutes after, what is handed on, how many came; and the slip that a person takes home."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from companionway.gatherings import finding, policy, queries, services
from companionway.gatherings.forms import CountForm, HandOverForm
from companionway.meetings.models import Meeting
from companionway.meetings.states import MeetingState
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.ui.deeds import said_yes, try_to


@signed_in
@require_safe
def after(request: SignedInRequest, public_id: str) -> HttpResponse:
    """For those who held it: how are you, what to hand on, how many came."""
    meeting = finding.held_of(request, public_id)
    return _drawn(request, meeting, HandOverForm(), CountForm())


def _drawn(
    request: SignedInRequest, meeting: Meeting, hand_over: HandOverForm, count: CountForm
) -> HttpResponse:
    programme = meeting.series.programme
    context: dict[str, Any] = {
        "meeting": meeting,
        "may_wish": policy.may_wish_company(request.user, meeting, request.now),
        "beside": queries.who_held_it_too(request.user, meeting, request.now),
        "is_over": meeting.state == MeetingState.CLOSED,
        "may_hand_over": policy.hands_over(meeting),
        "outside": queries.found_outside(meeting.series),
        "papers": queries.papers_of(meeting.series) if programme.keeps_notes else [],
        "hand_over": hand_over,
        "count": count,
        "may_count": policy.counts(meeting),
        "may_decide": programme.keeps_head_counts,
        "names": queries.names_at_the_door(meeting) if programme.keeps_attendance else [],
    }
    return render(request, "gatherings/after.html", context)


@signed_in
@require_POST
def hand_over(request: SignedInRequest, public_id: str) -> HttpResponse:
    meeting, form = finding.held_of(request, public_id), HandOverForm(request.POST)
    if form.is_valid():
        words = form.cleaned_data["words"]
        deed = lambda: services.hand_over(actor=request.user, meeting=meeting, words=words, now=request.now)  # noqa: E731
        if said_yes(form, "words", deed) is not None:
            return redirect("gatherings:after", public_id=public_id)
    return _drawn(request, meeting, form, CountForm())


@signed_in
@require_POST
def count(request: SignedInRequest, public_id: str) -> HttpResponse:
    meeting, form = finding.held_of(request, public_id), CountForm(request.POST)
    if form.is_valid():
        number = form.cleaned_data["count"]
        deed = lambda: services.count_by_hand(  # noqa: E731
            actor=request.user, meeting=meeting, count=number, now=request.now
        )
        if said_yes(form, "count", deed) is not None:
            return redirect("gatherings:after", public_id=public_id)
    return _drawn(request, meeting, HandOverForm(), form)


@signed_in
@require_POST
def counting(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The group agreed to be counted, or not any more."""
    meeting, is_agreed = finding.held_of(request, public_id), request.POST.get("agreed") == "yes"
    try_to(
        request,
        lambda: services.decide_counting(
            actor=request.user, meeting=meeting, is_agreed=is_agreed, now=request.now
        ),
    )
    return redirect("gatherings:after", public_id=public_id)


@signed_in
@require_POST
def company(request: SignedInRequest, public_id: str) -> HttpResponse:
    meeting = finding.held_of(request, public_id)
    try_to(
        request,
        lambda: services.wish_company(actor=request.user, meeting=meeting, now=request.now),
        _("Thank you for saying it. It is on its way to your practice supervisor, or to the team."),
    )
    return redirect("gatherings:after", public_id=public_id)


@signed_in
@require_safe
def slip(request: SignedInRequest, public_id: str) -> HttpResponse:
    """A paper that says when and that somebody was here, to be initialled by hand. Nothing of it is kept."""
    meeting = finding.meeting_of(request, public_id)
    holds = policy.holds_frame(request.user, meeting, request.now)
    began = meeting.state in (MeetingState.OPEN, MeetingState.CLOSED)
    if not began or not (holds or finding.has_ticket(request, meeting)):
        raise Http404
    return render(request, "gatherings/slip.html", {"meeting": meeting})
