"""The threads beside conversations."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from companionway.foundation.policy import Refused
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.release import policy, queries, services
from companionway.release.forms import BesideForm


@signed_in
@require_GET
def threads(request: SignedInRequest) -> HttpResponse:
    """Every thread this person may read."""
    return render(request, "release/threads.html", {"threads": queries.threads_of(request.user)})


@signed_in
@require_http_methods(["GET", "POST"])
def thread(request: SignedInRequest, public_id: str) -> HttpResponse:
    """A trainee and the mentors, about practice."""
    found = policy.threads_visible_to(request.user).select_related("traineeship__person", "conversation")
    shown = get_object_or_404(found, public_id=public_id)
    form = BesideForm(request.POST or None, quotable=queries.quotable(request.user, shown))
    try:
        if request.method == "POST" and form.is_valid():
            services.say_beside(actor=request.user, thread=shown, now=request.now, **form.cleaned_data)
            return redirect("release:thread", public_id)
    except Refused as refused:
        form.add_error(None, str(refused))
    page = {
        "thread": shown,
        "said": queries.said_in(request.user, shown),
        "may_say": policy.may_say_beside(request.user, shown),
        "form": form,
    }
    return render(request, "release/thread.html", page, status=422 if form.errors else 200)
