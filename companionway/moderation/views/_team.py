"""For the team: the record of decisions, who was told of more than once, and one person under two names."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companionway.moderation import policy, queries, services
from companionway.moderation.forms import NamesForm
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.ui.deeds import said_yes, try_to


@signed_in
@require_safe
def log(request: SignedInRequest) -> HttpResponse:
    """How often what was decided for which reason; no names."""
    if not policy.may_see_log(request.user):
        raise Http404
    return render(request, "moderation/log.html", {"rows": queries.log(request.user)})


@signed_in
@require_safe
def log_file(request: SignedInRequest) -> HttpResponse:
    if not policy.may_see_log(request.user):
        raise Http404
    answer = HttpResponse(queries.log_csv(request.user), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="decisions.csv"'
    return answer


@signed_in
@require_safe
def again(request: SignedInRequest) -> HttpResponse:
    if not policy.may_see_again(request.user):
        raise Http404
    return render(request, "moderation/again.html", {"rows": queries.again(request.user)})


@signed_in
@require_http_methods(["GET", "POST"])
def names(request: SignedInRequest) -> HttpResponse:
    """Two names of one person: recorded by one, confirmed by another."""
    if not policy.may_see_again(request.user):
        raise Http404
    form = NamesForm(request.POST if request.method == "POST" else None, actor=request.user)
    if request.method == "POST" and form.is_valid():
        done = said_yes(
            form, None, lambda: services.record_same(actor=request.user, now=request.now, **form.cleaned_data)
        )
        if done is not None:
            messages.success(request, _("Written down. A second person says yes before it counts."))
            return redirect("moderation:names")
    rows = policy.same_visible_to(request.user).select_related("one", "other", "recorded_by").order_by("pk")
    page = {"form": form, "rows": [(each, policy.may_confirm_same(request.user, each)) for each in rows]}
    return render(request, "moderation/names.html", page, status=422 if form.errors else 200)


@signed_in
@require_POST
def confirm_same(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = get_object_or_404(policy.same_visible_to(request.user), public_id=public_id)
    try_to(
        request,
        lambda: services.confirm_same(actor=request.user, same=found, now=request.now),
        _("It counts now: blocks and pauses hold under both names."),
    )
    return redirect("moderation:names")


@signed_in
@require_POST
def end_same(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = get_object_or_404(policy.same_visible_to(request.user), public_id=public_id)
    try_to(
        request,
        lambda: services.end_same(actor=request.user, same=found, now=request.now),
        _("They count as two people again."),
    )
    return redirect("moderation:names")
