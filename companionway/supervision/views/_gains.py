"""What supporting gives back: four sentences, for me alone."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.supervision import policy, queries, services
from companionway.supervision.forms import GainsForm
from companionway.supervision.states import Gain
from companionway.ui.deeds import said_yes


@signed_in
@require_http_methods(["GET", "POST"])
def gains(request: SignedInRequest) -> HttpResponse:
    """My own line over time; POST adds to it."""
    if not policy.may_say_gains(request.user):
        raise Http404
    form = GainsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        answers, now = form.answers, timezone.now()
        if said_yes(form, None, lambda: services.say_gains(actor=request.user, answers=answers, now=now)):
            messages.success(request, _("Kept, for you alone."))
            return redirect("supervision:gains")
    context = {"form": form, "lines": queries.gains_of(request.user), "sentences": Gain.labels}
    return render(request, "supervision/gains.html", context)
