"""The coordinator's desk: who waits, room, exceptions; a proposal for everybody; one person's card."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companionway.foundation.policy import Refused
from companionway.introductions import policy, queries, services
from companionway.introductions.forms import LevelForm, PassingForm, ValuesForm
from companionway.introductions.models import Request
from companionway.introductions.services import ReasonOwed
from companionway.introductions.states import RequestState
from companionway.introductions.views._doors import desk_of
from companionway.people import services as people_services
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.people.queries import organisation
from companionway.practice import policy as practice_policy
from companionway.practice import queries as practice
from companionway.ui.deeds import try_to

LOOKED_BACK = timedelta(days=92)


@signed_in
@require_safe
def desk(request: SignedInRequest) -> HttpResponse:
    programmes = list(policy.desks_of(request.user))
    if len(programmes) == 1:
        return redirect("introductions:desk_of", public_id=programmes[0].public_id)
    may_choose = policy.may_choose_values(request.user)
    if not programmes and not may_choose:
        return redirect("home")
    context = {"programmes": programmes, "form": _values_form(), "may_choose": may_choose}
    return render(request, "introductions/desk.html", context)


@signed_in
@require_safe
def one_desk(request: SignedInRequest, public_id: str) -> HttpResponse:
    """One programme. Where the tradition reports nothing upward, only the list people put themselves on."""
    programme, now = get_object_or_404(policy.desks_of(request.user), public_id=public_id), timezone.now()
    practices = practice_policy.visible_to(request.user).filter(programme=programme)
    if not programme.coordinator_sees:
        listed = practice.carrying_in(practices)
        context = {"programme": programme, "listed": listed, "words": programme.words}
        return render(request, "introductions/open_list.html", context)
    passed = queries.passings(programme, now - LOOKED_BACK)
    overview = queries.overview(request.user, programme, now)
    context = {
        "programme": programme,
        "words": programme.words,
        "waiting": overview.waiting,
        "carrying": practice.carrying_in(practices),
        "exceptions": overview.exceptions,
        "passed": [(each, queries.words_of_passing(each)) for each in passed],
        "form": _values_form(),
        "now": now,
    }
    return render(request, "introductions/one_desk.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def whole_list(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The proposal for everybody who waits; the coordinator ticks what to ask the two people of."""
    programme, now = desk_of(request, public_id), timezone.now()
    pairs = queries.proposal(programme, now)
    chosen = set(request.POST.getlist("pair")) if request.method == "POST" else {each.key for each in pairs}
    wants_reason = request.method == "POST" and bool(request.POST.get("why") or request.POST.get("reason"))
    form = PassingForm(request.POST if wants_reason else None)
    if request.method == "POST" and (not wants_reason or form.is_valid()):
        try:
            services.propose_list(
                actor=request.user,
                programme=programme,
                pairs=[(each.request, each.practice_id) for each in pairs if each.key in chosen],
                passing=form.passing if wants_reason else None,
                now=now,
            )
        except Refused as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("Proposed. Both people of each pair are asked now."))
            return redirect("introductions:desk_of", public_id=public_id)
    rows = [(each, each.key in chosen) for each in pairs]
    context = {
        "programme": programme,
        "rows": rows,
        "form": form,
        "values": queries.values_of(organisation()),
    }
    return render(request, "introductions/whole_list.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def card(request: SignedInRequest, public_id: str) -> HttpResponse:
    """One person who waits. Opening it is a read that they are shown; POST proposes one introduction."""
    rows = policy.requests_visible_to(request.user).select_related("programme", "member")
    row: Request = get_object_or_404(rows, public_id=public_id, state=RequestState.OPEN)
    if not policy.may_coordinate(request.user, row.programme):
        raise Http404
    form = PassingForm(request.POST if request.POST.get("why") or request.POST.get("reason") else None)
    if request.method == "POST" and (not form.is_bound or form.is_valid()):
        done = _propose(request, row, form)
        if done is not None:
            return done
    return _opened(request, row, form)


def _opened(request: SignedInRequest, row: Request, form: PassingForm) -> HttpResponse:
    now = timezone.now()
    people_services.record_read(
        actor=request.user, about=row.member, subject=f"request:{row.pk}", reason_key="introduction", now=now
    )
    context = {
        "row": row,
        "candidates": queries.candidates_for(row),
        "chosen": request.POST.get("practice", ""),
        "form": form,
        "level": LevelForm(initial={"level": row.need_level}),
        "now": now,
    }
    return render(request, "introductions/card.html", context)


def _propose(request: SignedInRequest, row: Request, form: PassingForm) -> HttpResponse | None:
    """Propose, or None when a written reason is owed first."""
    try:
        services.propose(
            actor=request.user,
            request=row,
            practice_public_id=request.POST.get("practice", ""),
            passing=form.passing if form.is_bound else None,
            now=timezone.now(),
        )
    except ReasonOwed as refusal:
        messages.warning(request, str(refusal))
        return None
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("introductions:card", public_id=row.public_id)
    messages.success(request, _("Proposed. Both are asked now."))
    return redirect("introductions:desk_of", public_id=row.programme.public_id)


@signed_in
@require_POST
def level(request: SignedInRequest, public_id: str) -> HttpResponse:
    row = get_object_or_404(
        policy.requests_visible_to(request.user).select_related("programme"), public_id=public_id
    )
    form = LevelForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data["level"]
        try_to(
            request,
            lambda: services.set_need_level(actor=request.user, request=row, level=said, now=timezone.now()),
            _("Kept."),
        )
    else:
        messages.warning(request, _("Please write a number from 0 to 9."))
    return redirect("introductions:card", public_id=public_id)


@signed_in
@require_POST
def values(request: SignedInRequest) -> HttpResponse:
    form = ValuesForm(request.POST)
    if form.is_valid():
        try_to(
            request,
            lambda: services.choose_values(
                actor=request.user, organisation=organisation(), now=timezone.now(), **form.cleaned_data
            ),
            _("Kept, and written into the record. Everybody can read it on the page about the service."),
        )
    else:
        messages.warning(request, _("Please choose one of the answers listed."))
    return redirect("introductions:desk")


def _values_form() -> ValuesForm:
    return ValuesForm(initial={"values_first": queries.values_of(organisation())})
