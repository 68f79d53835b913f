"""The screen of whoever is on call, drills, measured times, and the pace."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companionway.concerns import climbing, policy, queries, services
from companionway.concerns import desk as laid
from companionway.concerns.forms import PaceForm
from companionway.foundation.policy import Refused
from companionway.oncall import queries as oncall
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.people.queries import organisation


def _only_for(request: SignedInRequest, permission: str) -> None:
    if not request.user.holds(permission):
        raise Http404


@signed_in
@require_safe
def desk(request: SignedInRequest) -> HttpResponse:
    _only_for(request, policy.TAKE)
    me, now = request.user, timezone.now()
    services.climb_due(actor=me, now=now)
    rows, recent = queries.live_and_recent(me, now)
    tasks, offers = queries.due_and_offered(me, now)
    context = {
        "rows": rows,
        "tasks": tasks,
        "offers": offers,
        "recent": recent[:5],
        "ladder": oncall.ladder(organisation(), now),
        "panels": [render_to_string(template, told, request) for template, told in laid.panels(me, now)],
        "keeps": me.holds(policy.KEEP),
        "now": now,
    }
    return render(request, "concerns/desk.html", context)


@signed_in
@require_POST
def drill(request: SignedInRequest) -> HttpResponse:
    _only_for(request, policy.TAKE)
    try:
        begun = services.raise_concern(
            actor=request.user,
            organisation=request.user.organisation,
            about=None,
            is_drill=True,
            now=timezone.now(),
        )
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("concerns:desk")
    return redirect("concerns:concern", public_id=begun.public_id)


@signed_in
@require_safe
def times(request: SignedInRequest) -> HttpResponse:
    _only_for(request, policy.KEEP)
    organisation, now = request.user.organisation, timezone.now()
    context = {
        "drills": queries.times_of(organisation, now, is_drill=True),
        "real": queries.times_of(organisation, now, is_drill=False),
        "now": now,
    }
    return render(request, "concerns/times.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def pace(request: SignedInRequest) -> HttpResponse:
    _only_for(request, policy.KEEP)
    form = PaceForm.of(
        climbing.pace_of(request.user.organisation_id), request.POST if request.method == "POST" else None
    )
    if request.method == "POST" and form.is_valid():
        services.set_pace(actor=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Kept. It holds from the next step on."))
        return redirect("concerns:times")
    return render(request, "concerns/pace.html", {"form": form})
