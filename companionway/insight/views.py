"""The fairness report, and the hazard log."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from companionway.insight import policy, queries
from companionway.insight.hazards import read
from companionway.people.http import SignedInRequest


@login_required
@require_GET
def fairness(request: SignedInRequest) -> HttpResponse:
    if not policy.may_view_fairness(request.user):
        raise Http404
    return render(
        request, "insight/fairness.html", {"reports": queries.reports_for(request.user, timezone.now())}
    )


@login_required
@require_GET
def hazards(request: SignedInRequest) -> HttpResponse:
    """What can go wrong, worst first, as the log says it: in English, because it was written and would be signed so."""
    if not policy.may_view_hazards(request.user):
        raise Http404
    log = sorted(read(), key=lambda each: (-each.residual.level, each.id))
    context = {"hazards": log, "not_acceptable": [each for each in log if not each.is_acceptable]}
    return render(request, "insight/hazards.html", context)
