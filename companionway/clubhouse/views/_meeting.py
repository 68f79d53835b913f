"""The house meeting: agenda, decisions, actions, minutes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from companionway.clubhouse import policy, queries, services
from companionway.clubhouse.doors import house, today_in
from companionway.clubhouse.forms import ActionForm, DecisionForm, MeetingForm, MinutesForm, WordsForm
from companionway.clubhouse.models import HouseAction, HouseMeeting
from companionway.clubhouse.states import HouseMeetingState
from companionway.meetings import policy as arranging
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.ui.deeds import said_yes, try_to


@signed_in
@require_http_methods(["GET", "POST"])
def meetings(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Every house meeting, and the day of the next."""
    programme = house(request, public_id)
    regular = queries.regular_meeting(request.user, programme, timezone.now())
    on = regular.at.date() if regular else today_in(programme)
    form = MeetingForm(request.POST if request.method == "POST" else None, initial={"on": on})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        made = said_yes(
            form,
            None,
            lambda: services.arrange_meeting(
                actor=request.user, programme=programme, now=timezone.now(), **said
            ),
        )
        if made:
            return redirect("clubhouse:meeting", public_id=made.public_id)
    context = {
        "programme": programme,
        "form": form,
        "meetings": queries.meetings_of(programme),
        "regular": regular,
        "may_begin": not regular and arranging.may_begin(request.user, programme),
        "decisions": queries.decisions_of(programme),
    }
    return render(request, "clubhouse/meetings.html", context)


def _meeting(request: SignedInRequest, public_id: str) -> HouseMeeting:
    rows = policy.meetings_visible_to(request.user).select_related("programme__organisation", "agreed_in")
    found: HouseMeeting = get_object_or_404(rows, public_id=public_id)
    return found


@signed_in
@require_http_methods(["GET"])
def meeting(request: SignedInRequest, public_id: str) -> HttpResponse:
    """One house meeting."""
    return _page(request, _meeting(request, public_id))


def _page(request: SignedInRequest, row: HouseMeeting, **forms: Any) -> HttpResponse:
    """The page of a meeting, with a form that came back where there is one."""
    shown = queries.meeting_for(request.user, row)
    newest = shown.newest
    given = {"after": newest.number if newest else 0, "words": newest.words if newest else ""}
    context = {
        "meeting": row,
        "programme": row.programme,
        "shown": shown,
        "regular": _regular(request, row),
        "to_agree": queries.to_agree(row.programme, row) if row.state == HouseMeetingState.OPEN else [],
        "may_add": policy.may_add_item(row),
        "may_decide": policy.may_write_in(row),
        "may_write": policy.may_write_minutes(row),
        "may_agree": row.state == HouseMeetingState.CLOSED
        and policy.may_agree_minutes(row, queries.sits_now(row.programme), newest is not None),
        "may_open": row.state == HouseMeetingState.COMING and row.on <= today_in(row.programme),
        "item_form": WordsForm(prefix="item"),
        "decision_form": DecisionForm(prefix="decision"),
        "action_form": ActionForm(prefix="act"),
        "minutes_form": MinutesForm(initial=given, prefix="minutes"),
        **forms,
    }
    return render(request, "clubhouse/meeting.html", context)


def _regular(request: SignedInRequest, row: HouseMeeting) -> Any:
    """Where and how to come to it, as long as somebody may still come."""
    if row.state not in (HouseMeetingState.COMING, HouseMeetingState.OPEN):
        return None
    return queries.regular_meeting(request.user, row.programme, timezone.now(), row.on)


def _written(
    request: SignedInRequest, row: HouseMeeting, name: str, form: Any, deed: Callable[[Any], Any]
) -> HttpResponse:
    """Write what a form says into a meeting; refused, the words come back on the page of the meeting."""
    if form.is_valid() and said_yes(form, None, lambda: deed(form.cleaned_data)):
        return redirect("clubhouse:meeting", public_id=row.public_id)
    return _page(request, row, **{name: form})


@signed_in
@require_POST
def add_item(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Put something on the agenda."""
    row, me = _meeting(request, public_id), request.user
    return _written(
        request,
        row,
        "item_form",
        WordsForm(request.POST, prefix="item"),
        lambda said: services.add_item(actor=me, meeting=row, words=said["words"], now=timezone.now()),
    )


@signed_in
@require_POST
def decide(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Write down what the house decided just now."""
    row, me = _meeting(request, public_id), request.user
    return _written(
        request,
        row,
        "decision_form",
        DecisionForm(request.POST, prefix="decision"),
        lambda said: services.write_decision(actor=me, meeting=row, now=timezone.now(), **said),
    )


@signed_in
@require_POST
def act(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Write down what will be done."""
    row, me = _meeting(request, public_id), request.user
    return _written(
        request,
        row,
        "action_form",
        ActionForm(request.POST, prefix="act"),
        lambda said: services.write_action(actor=me, meeting=row, now=timezone.now(), **said),
    )


@signed_in
@require_POST
def minutes(request: SignedInRequest, public_id: str) -> HttpResponse:
    """A new version; where somebody wrote meanwhile, the words come back beside the newer ones."""
    row, me, form = _meeting(request, public_id), request.user, MinutesForm(request.POST, prefix="minutes")
    answer = _written(
        request,
        row,
        "minutes_form",
        form,
        lambda said: services.write_minutes(actor=me, meeting=row, now=timezone.now(), **said),
    )
    if answer.status_code == 200 and form.is_bound:
        newest = row.minutes.order_by("-number").first()
        form.look_again(newest.number if newest else 0)
        return _page(request, row, minutes_form=form)
    return answer


@signed_in
@require_POST
def open_meeting(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Begin the meeting."""
    row = _meeting(request, public_id)
    try_to(request, lambda: services.open_meeting(actor=request.user, meeting=row, now=timezone.now()))
    return redirect("clubhouse:meeting", public_id=public_id)


@signed_in
@require_POST
def close_meeting(request: SignedInRequest, public_id: str) -> HttpResponse:
    """End the meeting."""
    row = _meeting(request, public_id)
    try_to(request, lambda: services.close_meeting(actor=request.user, meeting=row, now=timezone.now()))
    return redirect("clubhouse:meeting", public_id=public_id)


@signed_in
@require_POST
def agree(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The house agrees to the minutes it has read."""
    row, typed = _meeting(request, public_id), request.POST.get("number", "")
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 0
    try_to(
        request,
        lambda: services.agree_minutes(actor=request.user, meeting=row, number=number, now=timezone.now()),
        _("These minutes are agreed."),
    )
    return redirect("clubhouse:meeting", public_id=public_id)


@signed_in
@require_POST
def take_item_back(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Take my own item off the agenda."""
    rows = policy.items_visible_to(request.user).select_related("meeting")
    row = get_object_or_404(rows, public_id=public_id)
    try_to(request, lambda: services.take_item_back(actor=request.user, item=row, now=timezone.now()))
    return redirect("clubhouse:meeting", public_id=row.meeting.public_id)


MOVES: dict[str, dict[str, bool]] = {
    "care": {"is_mine": True},
    "lay-down": {"is_mine": False},
    "done": {"is_done": True},
    "not-yet": {"is_done": False},
}


@signed_in
@require_POST
def action(request: SignedInRequest, public_id: str, deed: str) -> HttpResponse:
    """Care for it, lay it down, say that it is done."""
    rows = policy.actions_visible_to(request.user).select_related("meeting")
    row: HouseAction = get_object_or_404(rows, public_id=public_id)
    if deed in MOVES:
        says = MOVES[deed]
        try_to(
            request,
            lambda: services.move_action(actor=request.user, action=row, now=timezone.now(), **says),
        )
    else:
        messages.warning(request, _("Please choose one of the answers listed."))
    return redirect("clubhouse:meeting", public_id=row.meeting.public_id)
