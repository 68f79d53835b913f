"""Plans of others: what they share with somebody, and opening one in danger for a stated reason."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from companionway.foundation.policy import Refused
from companionway.people import queries as people
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.people.models import Person
from companionway.plans import policy, queries, services
from companionway.plans.forms import InDangerForm


@signed_in
@require_safe
def shared_with_me(request: SignedInRequest) -> HttpResponse:
    shared = queries.shared_with(request.user, request.now)
    return render(request, "plans/shared_with_me.html", {"shared": shared})


@signed_in
@require_safe
def theirs(request: SignedInRequest, public_id: str) -> HttpResponse:
    owner = get_object_or_404(Person.objects.of(request.user.organisation_id), public_id=public_id)
    try:
        parts = services.read_plan(actor=request.user, owner=owner, now=request.now)
    except Refused as refusal:
        raise Http404 from refusal
    context = {
        "owner": owner,
        "parts": parts,
        "needs": people.needs_of(owner),
        "is_in_danger": not all(each.is_shared for each in parts),
    }
    return render(request, "plans/theirs.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def in_danger(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The reason first; the owner is told at once."""
    endangered = policy.endangered(request.user, request.now)
    owner = get_object_or_404(endangered, public_id=public_id)
    form = InDangerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.open_by_override(
                actor=request.user, owner=owner, reason=form.cleaned_data["reason"], now=request.now
            )
            return redirect("plans:theirs", owner.public_id)
        except Refused as refusal:
            form.add_error("reason", str(refusal))
    context = {"owner": owner, "form": form}
    return render(request, "plans/in_danger.html", context, status=422 if form.errors else 200)
