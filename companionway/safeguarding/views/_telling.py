"""Telling the safeguarding lead, and what one has told."""

from __future__ import annotations

import re
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from companionway.foundation.policy import Refused
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.safeguarding import policy, queries, services
from companionway.safeguarding.forms import MoreForm, TellForm
from companionway.safety import policy as safety

PUBLIC_ID: Final = re.compile(r"[\w-]{6,20}")


@signed_in
@require_http_methods(["GET", "POST"])
def tell(request: SignedInRequest) -> HttpResponse:
    """`?about=` somebody they can meet here, `?concern=` what it began with, `?in=` the programme."""
    where = policy.programmes_told_in(request.user).select_related("organisation")
    programme = where.filter(public_id=request.GET.get("in", "")).first() or where.first()
    if programme is None:
        raise Http404
    within_reach = safety.people_within_reach(request.user)
    here = within_reach.filter(public_id=request.GET.get("about", "")).first()
    form = TellForm(request.POST or None, actor=request.user, programme=programme, here=here)
    if request.method == "POST" and form.is_valid():
        began = request.GET.get("concern", "")
        concern = f"concern:{began}" if PUBLIC_ID.fullmatch(began) else ""
        try:
            made = services.tell(
                actor=request.user, programme=programme, concern=concern, now=request.now, **form.deed()
            )
            messages.success(request, _("Thank you for telling us. It is with the people named here."))
            return redirect("safeguarding:told", made.public_id)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    routing = queries.routing(programme, [here.pk] if here else [])
    context = {"form": form, "routing": routing, "programme": programme, "others": where[:20]}
    return render(request, "safeguarding/tell.html", context, status=422 if form.errors else 200)


@signed_in
@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    """What I told; for a lead also the way to the records."""
    rows = policy.written_by(request.user).order_by("-written_at", "-pk")[:100]
    context = {"rows": rows, "is_lead": request.user.holds(policy.RECORD)}
    return render(request, "safeguarding/mine.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def told(request: SignedInRequest, public_id: str) -> HttpResponse:
    record = get_object_or_404(
        policy.written_by(request.user).select_related("programme"), public_id=public_id
    )
    form = MoreForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.add_to_record(actor=request.user, record=record, now=request.now, **form.deed())
        messages.success(request, _("Added."))
        return redirect("safeguarding:told", public_id)
    readers = policy.readers_of(record).exclude(pk=request.user.pk).values_list("name", flat=True)
    context = {"own": queries.own(request.user, record), "form": form, "readers": list(readers)}
    return render(request, "safeguarding/told.html", context, status=422 if form.errors else 200)
