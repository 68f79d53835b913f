"""The fairness report."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from companionway.insight import policy, queries
from companionway.people.http import SignedInRequest


@login_required
@require_GET
def fairness(request: SignedInRequest) -> HttpResponse:
    if not policy.may_view_fairness(request.user):
        raise Http404
    return render(
        request, "insight/fairness.html", {"reports": queries.reports_for(request.user, timezone.now())}
    )
