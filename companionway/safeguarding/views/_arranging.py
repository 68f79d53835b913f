"""The duties of a country, ticked one by one by a lead; and who is the contact outside."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.safeguarding import policy, queries, services
from companionway.safeguarding.forms import ArrangementForm
from companionway.ui.deeds import try_to


@signed_in
@require_safe
def duties(request: SignedInRequest) -> HttpResponse:
    if not policy.may_arrange(request.user):
        raise Http404
    context = {
        "profiles": queries.duties_shown(request.user.organisation),
        "may_check": policy.may_check_duties(request.user),
    }
    return render(request, "safeguarding/duties.html", context)


@signed_in
@require_POST
def check_duty(request: SignedInRequest) -> HttpResponse:
    if not policy.may_check_duties(request.user):
        raise Http404
    country, key = request.POST.get("country", ""), request.POST.get("key", "")
    try_to(
        request, lambda: services.check_duty(actor=request.user, country=country, key=key, now=request.now)
    )
    return redirect("safeguarding:duties")


@signed_in
@require_http_methods(["GET", "POST"])
def arrangements(request: SignedInRequest) -> HttpResponse:
    if not policy.may_arrange(request.user):
        raise Http404
    made = queries.arrangement_of(request.user.organisation)
    initial = {each: getattr(made, each) for each in ("countries", "outside_name", "outside_reach")}
    form = ArrangementForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        services.make_arrangements(actor=request.user, now=request.now, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("safeguarding:duties")
    return render(
        request, "safeguarding/arrangements.html", {"form": form}, status=422 if form.errors else 200
    )
