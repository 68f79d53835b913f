"""A member's pages: asking, one question at a time, the place in line, the three doors."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from companionway.introductions import policy, queries, services
from companionway.introductions.forms import AskForm
from companionway.introductions.models import Request
from companionway.introductions.states import Door, RequestState
from companionway.introductions.views._doors import own_request
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.people.models import Person, Programme, Purpose
from companionway.people.practice_models import PracticeModel
from companionway.people.queries import has_consent, programmes_of
from companionway.ui.deeds import try_to


@signed_in
@require_safe
def start(request: SignedInRequest) -> HttpResponse:
    """Where somebody may ask, with the honest wait; those asked already lead to their own page."""
    now, person = timezone.now(), request.user
    open_to = [each for each in programmes_of(person) if policy.may_ask(person, each)]
    kept = {each.programme_id: each for each in Request.objects.filter(member=person).order_by("pk")}
    rows = [_start_row(person, each, kept.get(each.pk), now) for each in open_to]
    # Only a form asks for it.
    agreed = all(each["request"] for each in rows) or has_consent(person, Purpose.MATCHING)
    context = {"rows": rows, "form": AskForm(), "agreed": agreed}
    return render(request, "introductions/start.html", context)


def _start_row(person: Person, programme: Programme, kept: Request | None, now: datetime) -> dict[str, Any]:
    current = kept if kept is not None and kept.state in (RequestState.OPEN, RequestState.PAUSED) else None
    return {
        "programme": programme,
        "words": programme.words,
        "doors": PracticeModel.of(programme).doors,
        "request": current,
        "wait": queries.wait_shown_to(person, programme, now),
    }


@signed_in
@require_POST
def ask(request: SignedInRequest, public_id: str) -> HttpResponse:
    programme: Programme = get_object_or_404(programmes_of(request.user), public_id=public_id)
    agrees = request.POST.get("agrees_to_matching") == "on"
    asked = try_to(
        request,
        lambda: services.ask(
            actor=request.user, programme=programme, agrees_to_matching=agrees, now=timezone.now()
        ),
        _("You have a place in the line from now on. The questions that follow can all be skipped."),
    )
    if asked is None:
        return redirect("introductions:start")
    return redirect("introductions:question", public_id=asked.public_id, step=1)


@signed_in
@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    """The newest request; asking begins at `start`."""
    current = Request.objects.filter(member=request.user).exclude(state=RequestState.WITHDRAWN)
    newest = current.order_by("-changed_at", "-pk").first()
    if newest is None:
        return redirect("introductions:start")
    return redirect("introductions:request", public_id=newest.public_id)


@signed_in
@require_safe
def one_request(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Everything about one's own request: answers that wait, the doors, the honest wait, something good meanwhile."""
    row, now = own_request(request, public_id), timezone.now()
    if row.state == RequestState.WITHDRAWN:
        raise Http404
    sides = queries.as_member(request.user, row)
    live = [each for each in sides if not each.is_over]
    context = {
        "row": row,
        "words": row.programme.words,
        "doors": PracticeModel.of(row.programme).doors if row.state == RequestState.OPEN else (),
        "waiting_for_me": [each for each in live if each.is_mine_to_answer],
        "others": [each for each in live if not each.is_mine_to_answer],
        "over": [each for each in sides if each.is_over][:5],
        "asks_left": max(0, policy.MOST_OPEN_ASKS - sum(each.is_held_by_the_member for each in live)),
        "wait": queries.wait_shown_to(request.user, row.programme, now)
        if row.state == RequestState.OPEN
        else None,
        "now": now,
    }
    return render(request, "introductions/request.html", context)


@signed_in
@require_safe
def suggestions(request: SignedInRequest, public_id: str) -> HttpResponse:
    row = _behind(request, public_id, Door.SUGGEST)
    cards = queries.suggestions_for(request.user, row.programme)
    context = {"row": row, "cards": cards, "door": Door.SUGGEST, "words": row.programme.words}
    return render(request, "introductions/suggestions.html", context)


@signed_in
@require_safe
def browse(request: SignedInRequest, public_id: str) -> HttpResponse:
    row = _behind(request, public_id, Door.BROWSE)
    cards, page = queries.browse(row, request.GET.get("page", "1"))
    context = {"row": row, "cards": cards, "page": page, "door": Door.BROWSE, "words": row.programme.words}
    return render(request, "introductions/browse.html", context)


@signed_in
@require_POST
def ask_supporter(request: SignedInRequest, public_id: str, practice_id: str) -> HttpResponse:
    row = own_request(request, public_id)
    door = Door.SUGGEST if request.POST.get("door") == Door.SUGGEST else Door.BROWSE
    try_to(
        request,
        lambda: services.ask_supporter(
            actor=request.user, request=row, practice_public_id=practice_id, door=door, now=timezone.now()
        ),
        _("They are asked. They read what you allowed, without your name."),
    )
    return redirect("introductions:request", public_id=public_id)


@signed_in
@require_POST
def welcome_offers(request: SignedInRequest, public_id: str) -> HttpResponse:
    row, welcomes = own_request(request, public_id), request.POST.get("welcomes") == "yes"
    thanks = (
        _("Supporters may now read your need, without your name.")
        if welcomes
        else _("Nobody reads it any more.")
    )
    try_to(
        request,
        lambda: services.welcome_offers(
            actor=request.user, request=row, welcomes=welcomes, now=timezone.now()
        ),
        thanks,
    )
    return redirect("introductions:request", public_id=public_id)


@signed_in
@require_POST
def change_state(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Pause, look again, or take the request back."""
    row = own_request(request, public_id)
    deeds = {
        "pause": (services.pause_request, _("You are having a pause. Your place in the line is kept.")),
        "open": (services.reopen_request, _("We look again. Your place in the line is the old one.")),
        "withdraw": (services.withdraw_request, _("Taken back. You can ask again whenever you like.")),
    }
    if request.POST.get("to") not in deeds:
        messages.warning(request, _("Please choose one of the answers listed."))
        return redirect("introductions:request", public_id=public_id)
    deed, thanks = deeds[request.POST["to"]]
    try_to(request, lambda: deed(actor=request.user, request=row, now=timezone.now()), thanks)
    return redirect("introductions:mine")


def _behind(request: SignedInRequest, public_id: str, door: Door) -> Request:
    row = own_request(request, public_id)
    if not policy.may_use_door(request.user, row, door):
        raise Http404
    return row
