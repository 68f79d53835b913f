"""How long things are kept, and an administrator's yes to a copy of the master key."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from companionway.foundation import retention
from companionway.foundation.policy import Refused
from companionway.people import policy, services
from companionway.people.forms import KeepingForm
from companionway.people.http import SignedInRequest
from companionway.people.views.admin import administers


@administers
@require_http_methods(["GET", "POST"])
def keeping(request: SignedInRequest) -> HttpResponse:
    if not policy.may_guard(request.user):
        raise Http404
    form = KeepingForm(request.POST if request.method == "POST" else None, initial=retention.chosen_days())
    if form.is_bound and form.is_valid():
        try:
            services.keep_for(actor=request.user, days=form.cleaned_data, now=request.now)
        except Refused as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("Kept."))
        return redirect("people:admin_keeping")
    return render(request, "people/admin/keeping.html", {"form": form}, status=422 if form.errors else 200)


@administers
@require_http_methods(["GET", "POST"])
def master_key(request: SignedInRequest) -> HttpResponse:
    """The code is in the answer to the POST and nowhere else."""
    if not policy.may_guard(request.user):
        raise Http404
    code = services.agree_to_export(actor=request.user, now=request.now) if request.method == "POST" else ""
    return render(request, "people/admin/master_key.html", {"code": code})
