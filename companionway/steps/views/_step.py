"""One step: what one tried, a plain picture of it, and the quiet way back to something smaller."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companionway.foundation.models import new_public_id
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.steps import picture, queries, services
from companionway.steps.forms import TryForm
from companionway.steps.states import State
from companionway.steps.views._ladder import own_step
from companionway.support import queries as support
from companionway.ui.deeds import said_yes, try_to


@signed_in
@require_safe
def step(request: SignedInRequest, key: str) -> HttpResponse:
    _pages, found = own_step(request, key)
    context = {
        "step": found,
        "link": queries.links_of(request.user, [found]).get(found.series),
        "tries": found.tries[::-1],
        "picture": picture.of_tries(found.tries),
        "company": queries.company_of_step(request.user, found.company, request.now),
    }
    return render(request, "steps/step.html", context)


@signed_in
@require_safe
def smaller(request: SignedInRequest, key: str) -> HttpResponse:
    """The step below, Help now, and who is alongside. Opening it is kept nowhere."""
    pages, found = own_step(request, key)
    here = pages.steps.index(found)
    near = queries.company_of_step(request.user, found.company, request.now)
    agreed = near if near and near.row.state == State.YES else None
    walk = agreed.row.relationship if agreed else None
    context = {
        "step": found,
        "below": pages.steps[here - 1] if here else None,
        "company": agreed,
        "talk": support.talk_address(request.user, walk) if walk else None,
    }
    return render(request, "steps/smaller.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def write_try(request: SignedInRequest, key: str, entry: str = "") -> HttpResponse:
    """How it went: new, or an older one in other words."""
    _pages, found = own_step(request, key)
    before = next((each for each in found.tries if each.key == entry), None)
    if entry and before is None:
        raise Http404
    initial = (
        {name: getattr(before, name) for name in ("key", "on", "before", "did", "after", "noticed")}
        if before
        else {"key": new_public_id(), "on": timezone.localdate(request.now)}
    )
    form = TryForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.said()
        kept = said_yes(
            form, None, lambda: services.keep_try(actor=request.user, key=key, said=said, now=request.now)
        )
        if kept:
            return redirect("steps:step", key)
    return render(request, "steps/try.html", {"form": form, "step": found, "entry": entry})


@signed_in
@require_POST
def remove_try(request: SignedInRequest, key: str, entry: str) -> HttpResponse:
    own_step(request, key)
    try_to(
        request,
        lambda: services.take_try_away(actor=request.user, key=key, entry=entry, now=request.now),
        _("Taken away. Nothing of it is left."),
    )
    return redirect("steps:step", key)
