"""Those who answer reports: decide with reasons, read second, agree or hand back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companionway.moderation import policy, services
from companionway.moderation.forms import BackForm, DecideForm
from companionway.moderation.models import Decision
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.people.models import Person
from companionway.safety import policy as safety
from companionway.ui.deeds import said_yes, try_to


def _deciding(request: SignedInRequest, about: Person | None, where: Any, **began: Any) -> HttpResponse:
    has_reporter = bool(began.get("report") and safety.may_answer(request.user, began["report"]))
    message_id = policy.message_told_of(began.get("report"), began.get("noticed"))
    form = DecideForm(
        request.POST if request.method == "POST" else None,
        has_reporter=has_reporter,
        groups=policy.groups_left_out_of(where),
        has_message=bool(policy.may_take_away(request.user, about, where, message_id)),
    )
    if request.method == "POST" and form.is_valid():
        made = said_yes(
            form, None, lambda: services.decide(actor=request.user, said=form.said, now=request.now, **began)
        )
        if made is not None:
            messages.success(request, _("It is written down."))
            return redirect("moderation:decision", made.public_id)
    may = policy.may_decide(request.user, about)
    context = {"form": form, "about": about, "programme": where, "may": may, **began}
    return render(request, "moderation/decide.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def decide(request: SignedInRequest, public_id: str) -> HttpResponse:
    """From a report."""
    rows = safety.reports_answerable_by(request.user).select_related("about", "programme")
    report = get_object_or_404(rows, public_id=public_id)
    return _deciding(request, report.about, report.programme, report=report)


@signed_in
@require_http_methods(["GET", "POST"])
def decide_noticed(request: SignedInRequest, public_id: str) -> HttpResponse:
    """From something noticed about conduct, which they have opened with a reason."""
    rows = policy.noticed_decided_by(request.user, request.now).select_related("programme")
    noticed = get_object_or_404(rows, public_id=public_id)
    return _deciding(request, policy.writer_of(noticed), noticed.programme, noticed=noticed)


def _decision(request: SignedInRequest, public_id: str) -> Decision:
    rows = policy.handled_by(request.user).select_related(
        "about", "programme", "made_by", "second", "meanwhile", "group", "left_out"
    )
    return get_object_or_404(rows, public_id=public_id)


def _drawn(request: SignedInRequest, found: Decision, form: BackForm) -> HttpResponse:
    facts, back, message = services.open_decision(actor=request.user, decision=found, now=request.now)
    may = policy.may_second(request.user, found)
    has_second = may or found.state != "waiting" or policy.seconds(found).exists()
    context = {
        "decision": found,
        "facts": facts,
        "back": back,
        "message": message,
        "may": may,
        "form": form,
        "has_second": has_second,
    }
    return render(request, "moderation/decision.html", context, status=422 if form.errors else 200)


@signed_in
@require_safe
def decision(request: SignedInRequest, public_id: str) -> HttpResponse:
    return _drawn(request, _decision(request, public_id), BackForm())


@signed_in
@require_POST
def agree(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The second pair of eyes says yes."""
    found = _decision(request, public_id)
    try_to(
        request,
        lambda: services.agree(actor=request.user, decision=found, now=request.now),
        _("You have agreed. It holds from now on, and the person reads why."),
    )
    return redirect("moderation:decision", public_id)


@signed_in
@require_POST
def hand_back(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The second pair of eyes says: not like this."""
    found, form = _decision(request, public_id), BackForm(request.POST)
    if form.is_valid():
        done = said_yes(
            form,
            None,
            lambda: services.hand_back(
                actor=request.user, decision=found, words=form.cleaned_data["words"], now=request.now
            ),
        )
        if done is not None:
            messages.success(request, _("It went back, with your words."))
            return redirect("moderation:home")
    return _drawn(request, found, form)
