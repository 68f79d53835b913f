"""What is mine here: statements about me, an appeal, a seat on a panel; and ending a walk in one press."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companionway.moderation import policy, queries, services
from companionway.moderation.forms import AppealForm, ViewForm
from companionway.moderation.states import Finding
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.support import policy as support
from companionway.ui.deeds import said_yes, try_to


@signed_in
@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    """Everything here that is this person's to read or to do."""
    person = request.user
    is_administrator = bool(policy.may_see_log(person))
    context = {
        "home": queries.home_of(person),
        "may_say_yes": policy.may_say_yes(person),
        "answers": bool(policy.may_see_again(person)),
        "is_administrator": is_administrator,
        "missing": queries.what_is_missing(person) if is_administrator else None,
    }
    return render(request, "moderation/home.html", context)


@signed_in
@require_safe
def statement(request: SignedInRequest, public_id: str) -> HttpResponse:
    """What was decided about me, why, until when, and how to appeal."""
    rows = policy.visible_to(request.user).select_related("programme", "stop", "group", "left_out")
    found = get_object_or_404(rows, public_id=public_id)
    services.read_statement(actor=request.user, decision=found, now=request.now)
    shown = queries.statement_of(found)
    context = {
        "decision": found,
        "shown": shown,
        "may_appeal": policy.may_appeal(request.user, found, request.now),
        "is_late": bool(shown.appeal and policy.appeal_is_late(shown.appeal, request.now)),
    }
    return render(request, "moderation/statement.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def appeal(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = get_object_or_404(policy.visible_to(request.user), public_id=public_id)
    form = AppealForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = said_yes(
            form,
            None,
            lambda: services.appeal(
                actor=request.user, decision=found, words=form.cleaned_data["words"], now=request.now
            ),
        )
        if done is not None:
            messages.success(request, _("Your appeal is with us. You read here who hears it."))
            return redirect("moderation:statement", public_id)
    may = policy.may_appeal(request.user, found, request.now)
    page = {"form": form, "decision": found, "may": may}
    return render(request, "moderation/appeal.html", page, status=422 if form.errors else 200)


@signed_in
@require_POST
def panel_yes(request: SignedInRequest) -> HttpResponse:
    is_yes = request.POST.get("yes") == "yes"
    try_to(
        request,
        lambda: services.say_panel_yes(actor=request.user, is_yes=is_yes, now=request.now),
        _("Thank you. You are asked when an appeal comes.") if is_yes else _("You are not asked any more."),
    )
    return redirect("moderation:home")


@signed_in
@require_http_methods(["GET", "POST"])
def seat(request: SignedInRequest, public_id: str) -> HttpResponse:
    """One appeal before the panel: read it, and write a view."""
    rows = policy.seats_visible_to(request.user).select_related("decision__programme", "decision__appeal")
    found = get_object_or_404(rows, public_id=public_id)
    services.open_seat(actor=request.user, seat=found, now=request.now)
    shown = queries.panel_shown(found)
    start = {"finding": found.finding, "days": found.days, "words": shown.own_view}
    typed = request.POST if request.method == "POST" else None
    form = ViewForm(typed, initial=start, outcome=found.decision.outcome)
    if request.method == "POST" and form.is_valid():
        said = {**form.cleaned_data, "finding": Finding(form.cleaned_data["finding"])}
        done = said_yes(
            form, None, lambda: services.write_view(actor=request.user, seat=found, now=request.now, **said)
        )
        if done is not None:
            messages.success(request, _("Thank you. When all three have written, the person reads it."))
            return redirect("moderation:seat", public_id)
    page = {"seat": found, "shown": shown, "form": form, "may": policy.may_view(request.user, found)}
    return render(request, "moderation/seat.html", page, status=422 if form.errors else 200)


@signed_in
@require_POST
def leave_seat(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = get_object_or_404(policy.seats_visible_to(request.user), public_id=public_id)
    try_to(
        request,
        lambda: services.leave_seat(actor=request.user, seat=found, now=request.now),
        _("That is all right. Somebody else is asked."),
    )
    return redirect("moderation:home")


@signed_in
@require_http_methods(["GET", "POST"])
def end_and_block(request: SignedInRequest, public_id: str) -> HttpResponse:
    """POST ends and blocks at once; GET says what it does, and afterwards what there is now."""
    walk = get_object_or_404(support.walked_by(request.user), public_id=public_id)
    if request.method == "POST":
        try_to(
            request,
            lambda: services.end_and_block(actor=request.user, relationship=walk, now=request.now),
            _("Done. Nothing more will come from this person."),
        )
        return redirect("moderation:end_and_block", public_id)
    context = {"walk": walk, "is_supporter": walk.supporter_id == request.user.pk}
    return render(request, "moderation/end_and_block.html", context)
