"""The leads' list, the question why, and a record once it is open."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.safeguarding import policy, queries, services
from companionway.safeguarding.forms import ReasonForm
from companionway.safeguarding.states import EntryKind


@signed_in
@require_safe
def records(request: SignedInRequest) -> HttpResponse:
    """Dates and how each stands; of whom and about what, only a record that was opened says."""
    if not request.user.holds(policy.RECORD):
        raise Http404
    readable = policy.readable_by(request.user).standing().select_related("programme")
    is_unread = set(policy.readable_by(request.user).unread().values_list("pk", flat=True))
    page = Paginator(readable.order_by("-written_at", "-pk"), 30).get_page(request.GET.get("page"))
    context = {"rows": page, "is_unread": is_unread, "CLOSED": EntryKind.CLOSED}
    return render(request, "safeguarding/records.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def record(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Outside a record: why do you open it?"""
    found = get_object_or_404(
        policy.readable_by(request.user).select_related("programme"), public_id=public_id
    )
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.open_record(actor=request.user, record=found, now=request.now, **form.cleaned_data)
        return redirect("safeguarding:inside", public_id)
    is_open = policy.opened_by(request.user, request.now).filter(pk=found.pk).exists()
    context = {"record": found, "form": form, "is_open": is_open}
    return render(request, "safeguarding/record.html", context, status=422 if form.errors else 200)


@signed_in
@require_safe
def inside(request: SignedInRequest, public_id: str) -> HttpResponse:
    opened = policy.opened_by(request.user, request.now).standing()
    found = get_object_or_404(opened.select_related("programme", "author"), public_id=public_id)
    return render(request, "safeguarding/inside.html", {"whole": queries.whole(found), "record": found})


@signed_in
@require_safe
def paper(request: SignedInRequest, public_id: str, handed: str) -> HttpResponse:
    """What was handed out, to be printed."""
    found = get_object_or_404(policy.opened_by(request.user, request.now), public_id=public_id)
    handed_out = get_object_or_404(found.handed_out.select_related("by"), public_id=handed)
    context = {"paper": queries.paper_of(handed_out), "record": found}
    return render(request, "safeguarding/paper.html", context)
