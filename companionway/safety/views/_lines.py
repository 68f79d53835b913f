"""The keepers' pages for the numbers on Help now."""

from __future__ import annotations

from django.contrib import messages
from django.forms import model_to_dict
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companionway.foundation.policy import Refused
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.safety import policy, queries, services
from companionway.safety.forms import CheckForm, LineForm


@signed_in
@require_safe
def numbers(request: SignedInRequest) -> HttpResponse:
    if not policy.may_keep_lines(request.user):
        raise Http404
    lines = queries.lines_to_check(request.user, timezone.localdate())
    return render(request, "safety/numbers.html", {"lines": lines, "today": timezone.localdate()})


@signed_in
@require_http_methods(["GET", "POST"])
def add_number(request: SignedInRequest) -> HttpResponse:
    if not policy.may_keep_lines(request.user):
        raise Http404
    form = LineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        line = services.add_helpline(actor=request.user, facts=form.cleaned_data, now=timezone.now())
        messages.success(request, _("Kept. Two people must check it before anybody is shown it."))
        return redirect("safety:number", public_id=line.public_id)
    return render(request, "safety/add_number.html", {"form": form})


@signed_in
@require_http_methods(["GET", "POST"])
def number(request: SignedInRequest, public_id: str) -> HttpResponse:
    line = get_object_or_404(policy.lines_kept_by(request.user), public_id=public_id)
    bill = {None: "", False: "no", True: "yes"}[line.appears_on_bill]
    form = LineForm(request.POST or None, initial={**model_to_dict(line), "appears_on_bill": bill})
    if request.method == "POST" and form.is_valid():
        services.correct_helpline(actor=request.user, line=line, facts=form.cleaned_data, now=timezone.now())
        messages.success(request, _("Put right. Two people must check it again before anybody is shown it."))
        return redirect("safety:number", public_id=line.public_id)
    context = {
        "line": line,
        "form": form,
        "check": CheckForm(),
        "may_check": policy.may_verify(request.user, line),
        "today": timezone.localdate(),
    }
    return render(request, "safety/number.html", context)


@signed_in
@require_POST
def check_number(request: SignedInRequest, public_id: str) -> HttpResponse:
    line = get_object_or_404(policy.lines_kept_by(request.user), public_id=public_id)
    if not CheckForm(request.POST).is_valid():
        messages.warning(request, _("Please read the operator's page first, then tick the box."))
        return redirect("safety:number", public_id=public_id)
    try:
        services.verify_helpline(actor=request.user, line=line, now=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Thank you for checking."))
    return redirect("safety:number", public_id=public_id)


@signed_in
@require_POST
def retire_number(request: SignedInRequest, public_id: str) -> HttpResponse:
    line = get_object_or_404(policy.lines_kept_by(request.user), public_id=public_id)
    services.retire_helpline(actor=request.user, line=line, now=timezone.now())
    messages.success(request, _("Taken off the page."))
    return redirect("safety:numbers")
